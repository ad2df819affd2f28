// The members of the parts of an advisory; see json_fields.h.
#pragma once

#include <type_traits>

#include "desk/advisory.h"

namespace sekisho::desk {

template <class T, class Plain>
concept Like = std::is_same_v<std::remove_const_t<T>, Plain>;

void fields(auto& v, Like<Both> auto& b) {
  v("en", b.en);
  v("ja", b.ja);
}

void fields(auto& v, Like<article::HiddenText> auto& h) {
  v("how", h.how);
  v("offset", h.offset);
  v("length", h.length);
  v("text", h.text);
}

void fields(auto& v, Like<Source> auto& s) {
  v("name", s.name);
  v("format", s.format);
  v("title", s.title);
  v("publisher", s.publisher);
  v("published", s.published);
  v("url", s.url);
  v("language", s.language);
  v("sha256", s.sha256);
  v("bytes", s.bytes);
  v.reliability("reliability", s.reliability);
  v("hidden", s.hidden);
  v("limits_hit", s.limits_hit);
}

void fields(auto& v, Like<Place> auto& p) {
  v("source", p.source);
  v("offset", p.offset);
  v("length", p.length);
  v("line", p.line);
}

void fields(auto& v, Like<Technique> auto& t) {
  v("id", t.id);
  v("name", t.name);
  v("tactics", t.tactics);
  v("probability", t.probability);
  v("literal", t.literal);
  v("evidence", t.evidence);
}

void fields(auto& v, Like<Statement> auto& s) {
  v("kind", s.kind);
  v("text", s.text);
  v("language", s.language);
  v("place", s.place);
  v.reliability("reliability", s.reliability);
  v("credibility", s.credibility);
  v("confidence", s.confidence);
  v("why", s.why);
  v("weight", s.weight);
  v("deep", s.deep);
  v("themes", s.themes);
  v("techniques", s.techniques);
}

void fields(auto& v, Like<Named> auto& n) {
  v("id", n.id);
  v("name", n.name);
  v("aliases", n.aliases);
  v("imitated", n.imitated);
  v("in_use", n.in_use);
  v("place", n.place);
}

void fields(auto& v, Like<DateMention> auto& d) {
  v("iso", d.date);
  v("what", d.what);
  v("as_written", d.as_written);
  v("relative", d.relative);
  v("place", d.place);
}

void fields(auto& v, Like<Number> auto& n) {
  v("kind", n.kind);
  v("as_written", n.as_written);
  v("value", n.value);
  v("unit", n.unit);
  v("place", n.place);
}

void fields(auto& v, Like<Indicator> auto& i) {
  v("value", i.value);
  v("type", i.type);
  v("role", i.role);
  v("as_written", i.as_written);
  v("host", i.host);
  v("why", i.why);
  v("defanged", i.defanged);
  v("listed", i.listed);
  v("owner", i.owner);
  v("places", i.places);
}

void fields(auto& v, Like<Score::Reason> auto& r) {
  v("key", r.key);
  v("points", r.points);
  v("text", r.text);
}

void fields(auto& v, Like<Score> auto& s) {
  v("id", s.id);
  v("value", s.value);
  v("reasons", s.reasons);
}

void fields(auto& v, Like<RankInputs> auto& r) {
  v("activity", r.activity);
  v("use", r.use);
  v("reach", r.reach);
  v("control", r.control);
}

void fields(auto& v, Like<Step> auto& s) {
  v("technique", s.technique);
  v("name", s.name);
  v("tactic", s.tactic);
  v("text", s.text);
  v("statements", s.statements);
}

void fields(auto& v, Like<Scenario> auto& s) {
  v("id", s.id);
  v("title", s.title);
  v("impact", s.impact);
  v("steps", s.steps);
}

}  // namespace sekisho::desk
