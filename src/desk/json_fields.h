// The members of an advisory's JSON, once, for the writer and the reader: what is not named here is neither written nor
// read. A visitor is called with the member's name and the member. Used by export_json.cc and read_json.cc only.
#pragma once

#include "desk/json_parts.h"

namespace sekisho::desk {

void fields(auto& v, Like<Action> auto& a) {
  v("id", a.id);
  v("horizon", a.horizon);
  v("owner", a.owner);
  v("effort", a.effort);
  v("text", a.text);
  v("reason", a.reason);
  v("check", a.check);
  v("command", a.command);
  v("done", a.done);
}

void fields(auto& v, Like<Defence> auto& d) {
  v("path", d.path);
  v("kind", d.kind);
  v("name", d.name);
  v("what", d.what);
  v("accepted", d.accepted);
  v("refused", d.refused);
  v("positives", d.positives);
  v("positives_hit", d.positives_hit);
  v("benign", d.benign);
  v("benign_hit", d.benign_hit);
  v("text", d.text);
}

void fields(auto& v, Like<HuntHit> auto& h) {
  v("mail", h.mail);
  v("from", h.from);
  v("subject", h.subject);
  v("date", h.date);
  v("rules", h.rules);
}

void fields(auto& v, Like<Hunt> auto& h) {
  v("paths", h.paths);
  v("mails", h.mails);
  v("unread", h.unread);
  v("hits", h.hits);
  v("more", h.more);
}

void fields(auto& v, Like<Notice> auto& n) {
  v("audience", n.audience);
  v("language", n.language);
  v("subject", n.subject);
  v("body", n.body);
  v("problems", n.problems);
}

void fields(auto& v, Like<Revision> auto& r) {
  v("number", r.number);
  v("made", r.made);
  v("summary", r.summary);
}

// derived(): members that say again what stands elsewhere; the writer computes them, the reader passes over them.
void fields(auto& v, Like<Advisory> auto& a) {
  v.schema("schema", 1);
  v("id", a.id);
  v("revision", a.revision);
  v("made", a.made);
  v("history", a.history);
  v("tlp", a.tlp);
  v("as_of", a.as_of);
  v("language", a.language);
  v("title", a.source_title);
  v("title_given", a.title);
  v.derived("publisher", a);
  v.derived("published", a);
  v("on_topic", a.on_topic);
  v("topic_reason", a.topic_reason);
  v("false_alarm", a.false_alarm);
  v.letter("rank", a.rank.letter);
  v.derived("rank_why", a);
  v("horizon", a.rank.horizon);
  v("rank_table", a.rank.table);
  v("rank_inputs", a.rank.inputs);
  v("rank_reasons", a.rank.reasons);
  v("scores", a.scores);
  v("themes", a.themes);
  v.derived("brands", a);
  v.derived("processes", a);
  v.derived("actors", a);
  v.derived("asked_for", a);
  v("brands_detail", a.brands);
  v("processes_detail", a.processes);
  v("actors_detail", a.actors);
  v("asked_for_detail", a.asked_for);
  v("indicators", a.indicators);
  v.derived("masked", a);
  v("lure_subjects", a.lure_subjects);
  v("dates", a.dates);
  v("numbers", a.numbers);
  v.derived("techniques", a);
  v.statements("statements", a.statements);
  v("key_points", a.key_points);
  v("deep_dive", a.deep_dive);
  v("impacts", a.impacts);
  v("insights", a.insights);
  v("scenarios", a.scenarios);
  v("actions", a.actions);
  v("defences", a.defences);
  v("hunt", a.hunt);
  v("notices", a.notices);
  v("findings", a.findings);
  v("sources", a.sources);
  v("evidence", a.evidence);
  v("attack_version", a.attack_version);
  v("content_digest", a.content_digest);
}

}  // namespace sekisho::desk
