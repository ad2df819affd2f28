#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "event/json.h"

using namespace sekisho;
using namespace sekisho::event;

TEST_CASE("the table reads, and knows the paths that rules use") {
  const Schema& s = Schema::get();
  const Field* f = s.event().find("security_result");
  REQUIRE(f);
  CHECK(f->repeated);
  CHECK(f->message->find("detection_fields")->is_label_list());
  CHECK(s.enumeration("EventType")->find("EMAIL_TRANSACTION")->number == 19001);
  CHECK(s.label("about.labels", "link.owner"));
  CHECK(s.label("additional.fields", "lure.master_password"));
  CHECK_FALSE(s.label("about.labels", "link.ownr"));
  CHECK(s.event().near("principle") == "did you mean principal?");
  // Detections as composite rules read them; a field may be called label.
  CHECK(s.detection().find("detection")->message->find("rule_labels")->is_label_list());
  CHECK(s.detection().find("collection_elements")->message->find("label"));
  CHECK(s.detection().find("collection_elements")->message->find("references")->message->find("event")->message ==
        &s.event());
}

TEST_CASE("build, seal, read") {
  EventBuilder b;
  b.root().child("metadata").set("event_type", "EMAIL_TRANSACTION").set_time("event_timestamp", 5);
  b.root()
      .child("network")
      .child("email")
      .append("to", "a@example.jp")
      .append("to", "b@example.jp")
      .set("from", "c@example.com");
  for (int i = 0; i < 9; ++i)
    b.root().add("about").set("url", "https://example.com/" + std::to_string(i)).label("kind", "link");
  b.fact("direction", "inbound");
  b.fact("mail.links", size_t{9});
  b.fact("mail.list", false);
  const Event e = std::move(b).seal();
  CHECK(e.get("metadata.event_type").as_int() == 19001);
  CHECK(e.get("metadata.event_timestamp.seconds").as_int() == 5);
  CHECK(e.get("additional.mail.links").as_text() == "9");
  CHECK_FALSE(e.get("additional.mail.list"));
  CHECK(e.root().get("about").as_list().size() == 9);
  const Message& about = *e.root().get("about").as_list()[8].as_message();
  CHECK(about.get("url").as_text() == "https://example.com/8");
  CHECK(about.label(*about.type().find("labels"), "kind") == "link");
}

TEST_CASE("JSON there and back") {
  const std::string text =
      R"({"metadata":{"eventTimestamp":"2026-01-02T03:04:05.500Z","eventType":"USER_LOGIN"},"additional":{"a":"b","n":[1,true,null]},)"
      R"("principal":{"ip":["192.0.2.1"]},"network":{"sentBytes":"12345678901","sessionDuration":"1.500s"}})";
  const auto e = read_json(text);
  REQUIRE(e);
  std::string out;
  write_json(*e, out);
  CHECK(out == text);
}

TEST_CASE("JSON: wrong input names the path") {
  CHECK(read_json("{").error().code == "event.json");
  CHECK(read_json("[]").error().code == "event.field");
  CHECK(read_json(R"({"principal":{"port":"x"}})").error().text == "principal.port must be an integer");
  std::vector<std::string> unknown;
  CHECK(read_json(R"({"principl":{}})", {.unknown = &unknown}).has_value());
  CHECK(unknown == std::vector<std::string>{"principl"});
  const auto refused = read_json(R"({"principl":{}})", {.refuse_unknown = true});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().hint == "did you mean principal?");
  CHECK(read_json(R"({"additional":{"a":)" + std::string(200, '[') + std::string(200, ']') + "}}").error().code ==
        "event.limit.depth");
  std::string deep;
  for (int i = 0; i < 80; ++i) deep += R"({"principal":{"securityResult":[{"about":)";
  CHECK_FALSE(read_json(deep));
}

TEST_CASE("docs/schema.md is what the table says") {
  std::ifstream in(SEKISHO_SOURCE_DIR "/docs/schema.md");
  const std::string there((std::istreambuf_iterator<char>(in)), {});
  if (std::getenv("UPDATE_GOLDEN")) std::ofstream(SEKISHO_SOURCE_DIR "/docs/schema.md") << Schema::get().markdown();
  else CHECK(there == Schema::get().markdown());
}
