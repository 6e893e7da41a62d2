"""What furniture says, by kind, in the languages that we read: tables, and nothing that uses them.

A new phrase goes into the narrowest table that holds: a passage for flattened pages, a mark where a
report could never be meant, or else a mark that a full sentence to nobody in particular overrules.
"""

from __future__ import annotations

import re

from digest.clean.needs import Pattern

_Table = tuple[tuple[str, tuple[str, ...]], ...]


def _patterns(table: _Table, flags: int = re.IGNORECASE) -> tuple[Pattern, ...]:
    return tuple(Pattern.of(rule, text, flags) for rule, texts in table for text in texts)


def _rule(*patterns: str) -> tuple[str, ...]:
    return patterns


# What no report says of its own accord, wherever in a sentence or a short block the words stand.
_ALWAYS: _Table = (
    (
        "template",
        _rule(r"\{\{[^{}]{0,200}\}\}", r"\{%[^{}]{0,200}%\}", r"^translation missing\b|^\[?object object\]?$|\[email\s*protected\]"),
    ),
    (
        "instruction",
        _rule(
            r"\[\s*(?:important|note to (?:editor|self)|instruction|todo|tk)\b[^\]]{0,300}\]",
            r"^\W*make this \d+ times (?:longer|shorter)\b",
            r"^ignore (?:all |any )?(?:previous|prior) instructions\b",
        ),
    ),
    (
        "subscribe",
        _rule(r"\bno credit card (?:details )?required\b", r"\b(?:subscribe for free to receive|receive new posts and support)\b"),
    ),
    (
        "consent",
        _rule(r"^utilizamos cookies\b", r"^utilizziamo i cookie\b", r"^wij gebruiken cookies\b", r"^мы используем (?:файлы )?cookies?\b"),
    ),
    ("subscribe", _rule(r"^\W*tell a friend about\b.{0,100}$")),
    ("subscribe", _rule(r"^¿te ha gustado\b.{0,80}$", r"^comp[áa]rt\w+ con (?:un amigo|una amiga|tus amigos)\b.{0,20}$")),
    ("unsubscribe", _rule(r"^recib(?:es?|ís) (?:este|esta) (?:correo|mensaje|bolet[ií]n|carta)\b.{0,200}$")),
    ("comments", _rule(r"^commenting on this and other\b", r"^bitte melden sie sich an, um zu kommentieren\b")),
    ("related", _rule(r"^(?:read|see) (?:more|also)\s*:", r"^(?:related|lesen sie auch|(?:à )?lire aussi|à lire également)\s*[:：]")),
    (
        "caption",
        _rule(
            r"^(?:photo|image|picture|foto|bild|crédit photo|photographie|illustration|credit)s?(?: (?:by|von|par))?\s*[:：/©]",
            r"^(?:图|صورة)\s*[:：/©]",
            r"^©",
            r"^[^©|·]{10,250}\s©\s?[^.!?©]{2,60}$",
            r"^.{10,250}[.!?)] (?:photo|foto|image|bild|picture|crédit|credit)s?\s*[:：/]\s?[^.!?:]{2,60}$",
            r"^(?:图片|照片|配图)(?:来源|提供)?\s*[:：／/]|^(?:写真|画像|イラスト)\s*[:：＝=／/]",
        ),
    ),
    ("welcome", _rule(r"^the highlights this week:", r"^welcome (?:back )?to (?-i:(?:[^\Wa-z][\w’'-]*|’s|of|the|and|for|in|&)\W+){1,10}$")),
    (
        "address",
        _rule(
            r"^\W*(?:(?:link|url|source|quelle|read it(?: here)?)\s*:\s*)?(?:https?://|www\.)\S+$",
            r"^\W*(?:\[[^\[\]]{1,60}\]|(?:[\w’'-]+ ){0,5}[\w’'-]+)[\s:→>»›(-]{1,4}https?://\S+$",
        ),
    ),
    ("contact", _rule(r"^(?:got|have) a (?:tip|story|question)(?: for us)?\s*\?")),
    (
        "keywords",
        _rule(
            r"^(?:key ?words?|tags?|topics?|filed under|posted in|categories|schlagw(?:ö|oe)rter|stichworte|mots[- ]cl[ée]s"
            r"|palabras clave)\s*:[^.!?]{0,200}$",
            r"^(?:关键词|标签|タグ|キーワード)\s*[:：].{0,300}$",
            r"^(?:schlagworte?|themen|thèmes|étiquettes|etiquetas|temas|tag|argomenti|trefwoorden)\s*:[^.!?]{0,200}$",
        ),
    ),
    (
        "farewell",
        _rule(
            r"^(?:and )?that(?:[’']s| is) (?:all|it)(?: from (?:me|us))?(?: for (?:today|now|this (?:week|month|issue|edition"
            r"|letter)))?(?:[.!] .{0,100}|\W*)$",
            r"^(?:i[’']ll |we[’']ll )?see you (?:again )?(?:next (?:week|time|month)|tomorrow|on \w+day|soon)\W*$",
            r"^until (?:next (?:week|time|month)|tomorrow|then)\W*$",
            r"^thank(?:s| you) for reading\b(?! the).{0,60}$",
            r"^(?:have a|enjoy (?:the|your)) (?:\w+ )?(?:weekend|day|week|evening|morning|sunday)\W*$",
            r"^das war[’']?s (?:für (?:heute|diese woche)|von (?:uns|mir))\W*$",
            r"^bis (?:morgen|bald|nächste woche|zum nächsten mal)\W*$",
            r"^(?:ihnen |euch )?(?:noch )?(?:ein(?:en)? )?(?:schöne[sn]?|gute[ns]?) (?:tag|abend|wochenende|start in (?:den tag"
            r"|die woche))\W*$",
            r"^(?:à (?:demain|bientôt|la semaine prochaine|lundi)|bonne (?:journée|lecture|semaine|soirée)|merci de (?:nous"
            r"|m[’']avoir) lue?s?)\W*$",
            r"^(?:hasta (?:mañana|la próxima(?: semana)?|el lunes)|gracias por leer(?:nos|me)?|buen (?:día|fin de semana))\W*$",
            r"^(?:明天见|下周见|感谢阅读)\W*$",
        ),
    ),
    (
        "footer",
        _rule(
            r"(?-i:^The post \W?[^\Wa-z].{0,300} (?:first appeared|appeared first) on (?:[^a-z]|\S+\.\w))",
            r"^(?:.{0,80}\W)?(?:all rights reserved|alle rechte vorbehalten|tous droits réservés)\b.{0,80}$",
            r"^copyright\s*(?:©|\(c\)|\d{4}|(?:remains|rests|lies) with\b)",
            r"^this (?:digest|newsletter|bulletin|briefing|letter|round-?up|e-?mail) (?:is|was) (?:compiled|produced|published|written"
            r"|edited|sent|prepared)\b.{0,120}$",
            r"^(?:(?:the|these|all|any|its) )?(?:summar(?:y|ies)|views|opinions|articles?|posts?|columns?|comments?)\b[^.]{0,80}"
            r"\bdo(?:es)? not (?:necessarily )?(?:express|reflect|represent)\b.{0,120}$",
            r"未经授权|不得转载|版权所有|無断転載|转载请注明|退订请回复|配信停止",
            r"^(?:.{0,80}\W)?(?:todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados"
            r"|alle rechten voorbehouden|все права защищены)\b.{0,80}$",
            r"^editor[’']s note: .{0,400}\bdo not reflect the views\b.{0,80}$",
        ),
    ),
)

# What only furniture says, unless it is said in a full sentence that speaks to nobody: a report has such
# words too (`Photos of the flood spread within hours.`), but it says neither `you` nor `our` nor `this site`.
_MARKS: _Table = (
    (
        "consent",
        _rule(
            r"\b(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b",
            r"\b(?:accept|reject|manage) (?:all )?cookies\b",
            r"\bby (?:submitting your email|signing up|subscribing|using (?:our|this) (?:web)?site|continuing)\b"
            r".{0,60}\b(?:agree|consent|accept)",
            r"\byou (?:may|can) (?:opt out|unsubscribe) at any time\b",
            r"\bwe(?:[’']ve| have)? updated our (?:privacy policy|terms)",
            r"\bi agree to abide by\b",
            r"\b(?:privacy policy|terms of (?:use|service)) (?:and|&) (?:privacy policy|terms of (?:use|service)|conditions)\b.{0,20}$",
            r"\bwir (?:verwenden|nutzen|setzen) cookies\b",
            r"\b(?:alle )?cookies (?:akzeptieren|ablehnen)\b",
            r"\b(?:nous utilisons|ce site utilise) des cookies\b",
            r"\b(?:tout accepter|accepter les cookies)\b",
            r"\b(?:utilizamos|este sitio (?:web )?(?:utiliza|usa)) cookies\b|\baceptar (?:todas )?(?:las )?cookies\b",
            r"\b(?:utilizziamo i|questo sito (?:web )?(?:utilizza|usa)(?: i)?) cookie\b|\baccetta (?:tutti )?i cookie\b",
            r"\b(?:este site (?:utiliza|usa)|aceitar (?:todos os )?) ?cookies\b",
            r"\b(?:wij gebruiken|deze (?:web)?site gebruikt|accepteer (?:alle )?) ?cookies\b",
            r"\bмы используем (?:файлы )?cookies?\b",
            r"本网站使用\s*cookie",
            r"نستخدم ملفات تعريف الارتباط",
        ),
    ),
    (
        "subscribe",
        _rule(
            r"^(?:please )?(?:sign up|subscribe)(?: here| now| today)?(?: (?:for|to) (?:our|the|receive|get|more|continue)\b.*)?[.!:]?$",
            r"\bsign up (?:now )?(?:to|for) (?:receive|continue|our|the|get|editors)\b",
            r"\bsign up now and continue\b",
            r"\benter your e-?mail\b",
            r"\b(?:get|delivered|straight|sent|receive\b.{0,40}) (?:to|in) your (?:in-?box|mailbox)\b",
            r"\bin your inbox every\b",
            r"\bsubscribe to (?:our|the) (?:\w+ ){0,3}(?:newsletter|briefing|mailing list)\b",
            r"\bif you (?:liked|enjoyed) this (?:letter|newsletter|issue|e-?mail)\b",
            r"\b(?:was this (?:letter |newsletter |e-?mail )?forwarded to you|if (?:a friend|someone) forwarded (?:it|this))\b",
            r"\byou[’']re on the list\b",
            r"\bplease sign up for\b",
            r"\bto sign up, please email\b",
            r"\bmore ways to stay updated\b",
            r"\bstart your free trial\b",
            r"\bupgrade to paid\b",
            r"^(?:become|upgrade to) (?:a|an) (?:\w+ )?(?:subscriber|member)\b.{0,80}$",
            r"\bthis post is public so feel free to share\b",
            r"^\W*(?:tell a friend about|share .{1,40} with (?:a friend|your friends))\b",
            r"\b(?:forwarded|sent) (?:this|it) (?:by|from) a friend\b",
            r"\b(?:inoltr\w+ a un|reenv[ií]\w+ a un|transférez\b.{0,30} à une?|leiten sie\b.{0,40} weiter an"
            r"|share it with a) (?:amic|amig|ami|freund|friend)",
            r"^(?:hat ihnen|gefällt ihnen) (?:dieser|diese|der) (?:newsletter|ausgabe|brief)\b.{0,80}$",
            r"\b(?:kostenlos|gratis|newsletter) (?:abonnieren|bestellen|anmelden)\W*$",
            r"^(?:cette lettre vous a plu|vous avez aimé cette|te ha gustado est|¿te ha gustado|ti è piaciut\w*)\b.{0,120}$",
            r"\b(?:anmelden|registrieren) und weiterlesen\b",
            r"\bsie haben bereits (?:das|ein) .{0,40}(?:abo|abonnement)\b",
            r"\bjetzt (?:abonnieren|anmelden|kostenlos testen)\b",
            r"\bnewsletter (?:abonnieren|bestellen)\b",
            r"\b(?:abonnez-vous|inscrivez-vous)\b.{0,60}(?:newsletter|lettre|infolettre|numéro|!|\.)",
            r"订阅我们的|立即订阅|扫码关注",
            r"\bsuscr[ií]b(?:ete|ase|anse)\b.{0,80}$|\breciba (?:nuestr[oa]|cada)\b.{0,40}\b(?:bolet[ií]n|correo)\b",
            r"\bno (?:quiere|desea) (?:seguir )?recib(?:ir|iendo)\b.{0,40}\bcorreos?\b",
            r"^iscriviti\b.{0,80}$|\biscriviti (?:alla|per ricevere)\b",
            r"^(?:assine|inscreva-se)\b.{0,80}$",
            r"^(?:meld je aan|schrijf je in)\b.{0,80}$",
            r"^(?:подпишитесь|подписывайтесь) на\b.{0,80}$",
            r"اشترك (?:الآن|في نشرتنا)",
        ),
    ),
    (
        "paywall",
        _rule(
            r"\balready a (?:subscriber|member)\b",
            r"\b(?:exclusively|only) (?:for|available to) (?:\w+ )?(?:subscribers|members)\b",
            r"\bsubscribe now \| log ?in\b",
            r"\bthis (?:article|story|content) is (?:for|reserved for|available to) (?:subscribers|members)\b",
            r"\bto (?:continue|keep) reading(?: (?:this|the) \w+)?\W*$",
            r"\b(?:réservé aux abonnés|nur für abonnenten)\b",
            r"\b(?:solo para suscriptores|riservato agli abbonati|exclusivo para assinantes|alleen voor abonnees"
            r"|только для подписчиков)\b",
        ),
    ),
    (
        "share",
        _rule(
            r"^(?:share (?:this|on|via)\b.{0,80}|follow us\b.{0,60}|share|tweet|print|copy link)[.:!]?$",
            r"^(?:teilen|partager|diesen artikel teilen)[.:!]?$",
            r"\bshare this (?:article|story|page|post)\b",
            r"^(?:listen to|print|e-?mail|save|bookmark) this (?:article|story|page|post)\W*$",
            r"^(?:share|send|teilen|partager|compartir) (?:by|per|par|por) \w[\w-]*\W*$",
            r"\bfollow topics and authors\b",
            r"^partager (?:cet article|sur)\b",
            r"^(?:compartir|condividi|compartilhar|deel dit(?: artikel)?|поделиться)(?: (?:en|su|no|op|в) \w+)?\W*$",
            r"^分享(?:到|至|\W*$)",
            r"^\W*(?:comment|restack|tweet|e-?mail|copy link|download|subscribe)\W*$",
            r"^(?:j[’']aime|me gusta|gefällt mir|点赞|在看|转发|收藏|いいね)\W*$",
        ),
    ),
    (
        "comments",
        _rule(
            r"^(?:view|show|hide|read|leave) (?:all |\d+ |a )?comments?\b.{0,20}$",
            r"\bjoin the conversation\b",
            r"\bfollow our comment guidelines\b",
            r"\bleave (?:feedback|a (?:comment|reply))\b",
            r"\bconfirm your username\b",
            r"\bchange your username\b",
            r"^(?:\d+ )?(?:comments?|kommentare|commentaires)(?: \(?\d*\)?)?$",
            r"^(?:\d+ )?(?:comentarios?|commenti|comentários|reacties|комментари[йия]{1,2})(?: \(?\d*\)?)?$",
            r"^(?:deja un comentario|lascia un commento|deixe um comentário|kommentar (?:schreiben|verfassen)"
            r"|laisser un commentaire)\W*$",
            r"^reply$",
            r"^(?:or )?to participate\.?$",
        ),
    ),
    (
        "related",
        _rule(
            r"^(?:read|see|learn|watch|listen)(?: more| also| next| now)\b[^.]{0,120}\.?$",
            r"^(?:also read|more on this(?: story)?|related(?: articles| stories| topics)?|trending(?: now| articles)?"
            r"|recommended(?: for you)?|editors[’'] picks|mehr zum thema|auch interessant|weiterlesen|lire la suite|sur le même sujet)"
            r"(?:\s*:.{0,120}|\W*)$",
            r"^(?:more from .{1,40}|you (?:may|might) also like\b.{0,80})$",
            r"^(?:\w+[’']s )?most (?:read|popular|viewed)(?: (?:this|today|now|in|week|month|\w+[’']s)\b){0,3}\W*$",
            r"^(?:lesen sie auch|das könnte sie auch interessieren|(?:à )?lire aussi|à lire également)\b.{0,120}$",
            r"^(?:相关阅读|延伸阅读|阅读更多)",
            r"^(?:mehr (?:dazu|darüber|hierzu)|hier (?:weiter)?lesen|lesen sie (?:hier|mehr))\b.{0,80}$",
            r"^(?:read|view|download|watch) (?:the|this|our|full|in)\b(?: [\w’'-]+){0,3}\W*$",
            r"^(?:leer más|seguir leyendo|le(?:e|a) también|(?:te|le) puede interesar|noticias relacionadas|más información)\b.{0,120}$",
            r"^(?:leggi anche|leggi tutto|continua a leggere|per saperne di più)\b.{0,120}$",
            r"^(?:leia (?:também|mais)|saiba mais|veja também)\b.{0,120}$",
            r"^(?:lees (?:ook|meer|verder))\b.{0,120}$",
            r"^(?:читайте также|подробнее|материалы по теме)\b.{0,120}$",
            r"^(?:weiterlesen|mehr lesen|zum artikel|lire l[’']article|lire plus|en savoir plus)\b.{0,80}$",
            r"^(?:click here (?:to|for)|click to)\b.{0,80}$",
            r"^\W*(?:continue reading|keep reading|(?:the )?full story|go to (?:the )?(?:article|story)|view (?:article|story|post)"
            r"|load (?:more|comments)\b)(?: here| at .{1,40})?\W*$",
            r"^\W*(?:続きを読む|記事を読む|阅读全文|查看原文|点击阅读|全文阅读)\W*$",
            r"^\W*(?:continua|continuer|suite|sigue|weiter|verder|mehr|más|plus|altro|more)\W*$",
            r"^往期(?:推荐|回顾|精选)\s*[:：]",
            r"^(?:اقرأ أيضا|اقرأ المزيد)",
        ),
    ),
    (
        "caption",
        _rule(
            r"^(?:photo|image|picture|foto|bild|photographie|illustration|credit)s? (?:by|of|von|par)\b.{1,120}$",
            r"\b(?:getty images|picture alliance|shutterstock|via getty)\b.{0,20}$",
            r"^[^.]{0,160}(?:\(|\| ?|— ?)(?:photo|foto|image|picture|bild)\s*(?:by|:|/|von)[^.]{0,60}\)?$",
        ),
    ),
    (
        "advert",
        _rule(
            r"^(?:advertisement|advertising|anzeige|werbung|publicité|sponsored(?: content| by\b.{0,60})?|广告|إعلان)\W*$",
            r"\bpowered by advertisement\b",
            r"\b(?:may contain|contains) affiliate links\b",
            r"^(?:publicidad|pubblicità|publicidade|advertentie|реклама)\W*$",
            r"^(?:a word from|today[’']s) (?:our |issue is )?(?:sponsor|brought to you)",
            r"\bthis (?:issue|newsletter|edition|week[’']s \w+) is (?:sponsored|brought to you|supported) by\b",
            r"^(?:sponsored|presented|supported) by\b.{0,100}$",
        ),
    ),
    (
        "welcome",
        _rule(
            r"^in (?:this|today[’']s) (?:issue|edition|newsletter)\b.{0,200}$",
            r"^(?:inside(?: today| this week)?|in dieser ausgabe|dans ce numéro|en este número|in questo numero|本期"
            r"|今号)\s*[:：].{0,200}$",
            r"^(?:delivered|published|sent) (?:every |each )?(?:mon|tues|wednes|thurs|fri|satur|sun|week|dai)\w*\.?$",
            r"\ba (?:weekly|daily|monthly) (?:digest|round-?up|briefing|newsletter) (?:of|on|for)\b",
        ),
    ),
    (
        "unsubscribe",
        _rule(
            r"\bunsubscribe\b.{0,80}$",
            r"\byou(?:[’']re| are) receiving this (?:e-?mail|newsletter|message)\b",
            r"\b(?:view|read) (?:this|it) (?:e-?mail |newsletter )?in (?:your|the) browser\b",
            r"\bupdate your (?:e-?mail )?preferences\b",
            r"\b(?:abmelden|abbestellen)\b.{0,60}$",
            r"\bse désabonner\b|\bse désinscrire\b",
            r"\b(?:darse de baja|cancelar (?:la|tu|su) suscripción)\b.{0,80}$",
            r"\b(?:disiscriviti|annulla l[’']iscrizione|cancelar (?:a )?inscrição|descadastrar|uitschrijven|отписаться)\b.{0,80}$",
            r"\b(?:vous recevez ce (?:message|mail|courriel)|recibe este (?:correo|mensaje)|sie erhalten diese(?:n|) (?:e-?mail"
            r"|newsletter))\b",
            r"^our mailing address is\b.{0,120}$",
            r"^\W*(?:to|you can|you may) unsubscribe\b",
            r"^you[’']re (?:currently )?a (?:free|paid) subscriber\b",
            r"^(?:impressum|datenschutz(?:erklärung)?|mentions légales|aviso legal)\b(?:\W+\w+){0,6}\W*$",
            r"退订|إلغاء الاشتراك",
        ),
    ),
    (
        "contact",
        _rule(
            r"\blet us know at \S+@\S+",
            r"\b(?:contact|write to|e-?mail) us at\b.{0,60}$",
            r"\b(?:write|e-?mail|reply|schreiben sie|schreibt|écrivez|escr[ií]ba\w*)(?: (?:to|us at|me at|uns an|an|à|nous à"
            r"|a))? \S+@\S+\W*$",
            r"\bplease contact us\b",
        ),
    ),
    (
        "footer",
        _rule(
            r"^\]\]>$",
            r"^copyright\b.{0,120}$",
            r"^licen[sc]es?:?$",
            r"^.{0,60}\beditorial (?:office|team)$",
            r"^(?:home|menu|search|skip to (?:main )?content|back to top|log in|login|sign in|register|close)$",
            r"^(?:quality|price|service|pros|cons|add field|choose (?:image|video)|\+)$",
        ),
    ),
)

# What may stand inside running text that was a page once: taken out, the words around it stay.
_PASSAGES: _Table = (
    ("template", _rule(r"\{\{[^{}]{0,200}\}\}", r"\{%[^{}]{0,200}%\}", r"<!\[CDATA\[", r"\]\]>")),
    ("instruction", _rule(r"\[\s*(?:(?i:IMPORTANT|INSTRUCTION|NOTE TO EDITOR|TODO|TK))\b[^\]]{0,300}\]")),
    (
        "subscribe",
        _rule(
            r"(?:Sign Up )?By submitting your email, you agree\b.{0,220}?(?:You may opt out at any time\.|(?=Enter your email)|$)"
            r"|(?:[A-Z][\w’']+ (?:[A-Z][\w’']+ )?)?Enter your e-?mail(?: address)?(?: Sign Up)?(?: ✓ Signed Up)?"
            r"|✓ Signed Up|Sign up for Editors[’'] Picks [^.]{0,120}\. Sign Up"
            r"|You[’']re on the list! More ways to stay updated[^:]{0,40}:|View All Newsletters"
            r"|(?:Sign up to receive [^.]{0,80}\. ?)+(?:Sign Up)?"
        ),
    ),
    ("paywall", _rule(r"[^.]{0,80}Exclusively for \w+ subscribers\.|Subscribe Now \| Log In")),
    ("keywords", _rule(r"^(?:Keywords?|Tags): [^.!?\n]{1,300}?(?:\]\]>)?\s+https?://\S+(?= )")),
    ("comments", _rule(r"Comment icon View Comments \( ?\d+ ?\)|View \d+ Comments?")),
    (
        "related",
        _rule(
            r"(?:[A-Z][\w’']* )?Most (?:Read|Popular|Viewed)(?: This Week| Today| Now)?"
            r"(?: [^.!?]{3,140}? by [A-Z][\w.’-]*(?: [A-Z]\.)?(?: [A-Z][\w’-]+))+"
            r"|Trending Articles .{0,400}?Powered By Advertisement (?:[^.]{0,120} X )?"
        ),
    ),
    ("caption", _rule(r"(?:[^.]{10,200}\. ?){1,3}[\w ./-]{3,60} via Getty Images")),
)

# From here to the end nothing is text any more, where it stands in the last part of a page.
_TAIL: _Table = (
    ("tail", (r"\bRead More On [A-Z]", r"\bJoin the Conversation\b", r"\bLeave feedback about this", r"\bLeave a (?:Comment|Reply)\b")),
)

ALWAYS, MARKS = _patterns(_ALWAYS), _patterns(_MARKS)
PASSAGES, TAIL = _patterns(_PASSAGES, 0), _patterns(_TAIL, 0)
