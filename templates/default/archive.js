// Looks through the words of each issue: an issue stays where all the words typed stand in it, and of its headlines those that
// hold one. Text is compared, never put into the page.
const field = document.getElementById("search");
if (field) {
  const told = document.getElementById("told");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const issues = [...document.querySelectorAll(".issue")].map((issue) => ({
    issue,
    all: plain(issue.textContent),
    fold: issue.querySelector("details"),
    lines: [...issue.querySelectorAll("ul li")].map((line) => ({ line, words: plain(line.textContent) })),
  }));
  const look = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { issue, all, fold, lines } of issues) {
      const fits = words.every((word) => all.includes(word));
      issue.hidden = !fits;
      shown += fits ? 1 : 0;
      let found = 0;
      for (const { line, words: here } of lines) {
        const holds = words.some((word) => here.includes(word));
        line.hidden = words.length > 0 && !holds && lines.some((one) => words.some((word) => one.words.includes(word)));
        found += holds ? 1 : 0;
      }
      if (fold) fold.open = words.length > 0 && found > 0;
    }
    for (const year of document.querySelectorAll(".year")) year.hidden = !year.querySelector(".issue:not([hidden])");
    const number = new Intl.NumberFormat(document.documentElement.lang).format(shown);
    told.textContent = !words.length ? "" : shown ? told.dataset.some.replace("#", number) : told.dataset.none;
  };
  document.getElementById("form").hidden = false;
  field.addEventListener("input", look);
  look();
}
