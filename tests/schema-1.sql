-- A store as the first schema wrote it; tests/test_migrate.py opens it.
BEGIN TRANSACTION;
CREATE TABLE about (
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "about" VALUES('schema','1');
CREATE TABLE articles (
	id VARCHAR NOT NULL, 
	sha VARCHAR NOT NULL, 
	first_seen VARCHAR NOT NULL, 
	issue VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(issue) REFERENCES issues (id)
);
INSERT INTO "articles" VALUES('a1','e2be49e7309900da75dd786e02ee5985a5a3cd906d5a8a525cf2351280e24eb6','2026-11-20T17:00:00.000000+00:00','2026-W47');
INSERT INTO "articles" VALUES('a2','fb749228839eec6239a6c6bfcdcaed12b1688d73de1722918de878986f07c223','2026-11-20T17:00:00.000000+00:00','2026-W48');
INSERT INTO "articles" VALUES('a3','906ed1c3a291ccc5bfe29c2a2211a32dfeceeb2a590c11a267061276f9ab0867','2026-11-20T17:00:00.000000+00:00',NULL);
CREATE TABLE contents (
	issue VARCHAR NOT NULL, 
	article VARCHAR NOT NULL, 
	sha VARCHAR NOT NULL, 
	PRIMARY KEY (issue, article), 
	FOREIGN KEY(issue) REFERENCES issues (id)
);
INSERT INTO "contents" VALUES('2026-W47','a1','e2be49e7309900da75dd786e02ee5985a5a3cd906d5a8a525cf2351280e24eb6');
INSERT INTO "contents" VALUES('2026-W48','a2','fb749228839eec6239a6c6bfcdcaed12b1688d73de1722918de878986f07c223');
CREATE TABLE issues (
	id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	opens VARCHAR NOT NULL, 
	closes VARCHAR NOT NULL, 
	frame TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "issues" VALUES('2026-W47',1,'2026-11-15T17:00:00.000000+00:00','2026-11-22T17:00:00.000000+00:00','{"failures": [{"cause": "z", "fix": "", "source": "x", "where": "y"}], "feeds": ["inbox"], "foreword": "Hello"}');
INSERT INTO "issues" VALUES('2026-W48',2,'2026-11-22T17:00:00.000000+00:00','2026-11-29T17:00:00.000000+00:00','{"failures": [], "feeds": ["inbox"], "foreword": ""}');
CREATE TABLE receipts (
	issue VARCHAR NOT NULL, 
	delivery VARCHAR NOT NULL, 
	recipient VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (issue, delivery, recipient), 
	FOREIGN KEY(issue) REFERENCES issues (id)
);
INSERT INTO "receipts" VALUES('2026-W47','web','www','2026-11-22T17:00:00.000000+00:00');
CREATE TABLE revisions (
	article VARCHAR NOT NULL, 
	sha VARCHAR NOT NULL, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (article, sha), 
	FOREIGN KEY(article) REFERENCES articles (id)
);
INSERT INTO "revisions" VALUES('a1','e2be49e7309900da75dd786e02ee5985a5a3cd906d5a8a525cf2351280e24eb6','{"authors":[],"document":"Harbour Post/week.jsonl#1","feed":"inbox","id":"a1","kind":"article","language":"en","published":"2026-11-20T18:00:00+01:00","removed":[],"section":"","source":"Harbour Post","tags":[],"text":"The ferry Morning Star ran aground off Port Ellery on Tuesday evening with 84 passengers on board. Lifeboats from two harbours took everyone off before midnight, the coastguard said. Captain Ines Albrook told the harbour office that the rudder had stopped answering in the narrow channel. Divers will look at the hull on Thursday, and the island of Little Skerry has no crossing until then. The owner, Brightwater Lines, has chartered a smaller boat for medicine and mail.","title":"Ferry runs aground off Port Ellery","url":""}');
INSERT INTO "revisions" VALUES('a2','fb749228839eec6239a6c6bfcdcaed12b1688d73de1722918de878986f07c223','{"authors":[],"document":"Harbour Post/week.jsonl#1","feed":"inbox","id":"a2","kind":"article","language":"en","published":"2026-11-20T18:00:00+01:00","removed":[],"section":"","source":"Harbour Post","tags":[],"text":"Engineers closed the old weir above Marrow Bridge on Wednesday after a crack opened in its northern wall. Three hundred people in the lower town were asked to sleep elsewhere until the water has fallen. Mayor Tobias Renn said that the wall had been inspected in spring and that nothing had been found. The river board expects repairs to last until March and to cost four million crowns. Schools in the lower town will teach from home, and the covered market has moved to the station yard.","title":"Ferry runs aground off Port Ellery","url":""}');
INSERT INTO "revisions" VALUES('a3','906ed1c3a291ccc5bfe29c2a2211a32dfeceeb2a590c11a267061276f9ab0867','{"authors":[],"document":"Harbour Post/week.jsonl#1","feed":"inbox","id":"a3","kind":"article","language":"en","published":"2026-11-20T18:00:00+01:00","removed":[],"section":"","source":"Harbour Post","tags":[],"text":"Engineers closed the old weir above Marrow Bridge on Wednesday after a crack opened in its northern wall. Three hundred people in the lower town were asked to sleep elsewhere until the water has fallen. Mayor Tobias Renn said that the wall had been inspected in spring and that nothing had been found. The river board expects repairs to last until March and to cost four million crowns. Schools in the lower town will teach from home, and the covered market has moved to the station yard.","title":"Waits","url":""}');
CREATE TABLE sources (
	name VARCHAR NOT NULL, 
	last_success VARCHAR, 
	last_new VARCHAR, 
	failures INTEGER NOT NULL, 
	cause TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "sources" VALUES('inbox','2026-11-22T17:00:00.000000+00:00','2026-11-22T17:00:00.000000+00:00',0,'');
CREATE TABLE state (
	name VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "state" VALUES('feed','{"etag": "x"}');
CREATE INDEX ix_articles_first_seen ON articles (first_seen);
CREATE INDEX ix_articles_issue ON articles (issue);
COMMIT;
