#include "engine/slots.h"

#include <doctest/doctest.h>

namespace sekisho::engine {

TEST_CASE("paths resolve to typed slots") {
  CHECK(resolve("principal.user.userid")->type == Type::text);
  CHECK(resolve("metadata.event_timestamp.seconds")->type == Type::integer);
  CHECK(resolve("metadata.event_type")->enumeration != nullptr);
  CHECK(resolve("principal.ip")->repeated());
  CHECK(!resolve("principal.ip[0]")->repeated());
  CHECK(resolve("security_result.action")->repeated());
  CHECK(resolve("about.labels[\"link.owner\"]")->follows_noun);
  CHECK(resolve("about.labels[\"link.owner\"]")->repeated());
  CHECK(!resolve("about.labels[\"foreign\"]")->follows_noun);
  CHECK(!resolve("about.labels[\"foreign\"]")->repeated());
  CHECK(!resolve("about[0].labels[\"link.owner\"]")->follows_noun);
  CHECK(!resolve("additional.fields[\"mail.text\"]")->follows_noun);
  CHECK(resolve("additional.fields[\"mail.text\"]")->path() == "additional.fields[\"mail.text\"]");
  CHECK(resolve("security_result[1].action[0]")->path() == "security_result[1].action[0]");
  CHECK(resolve("target.resource.attribute.labels.value")->repeated());
}

TEST_CASE("paths that cannot be are refused with a hint") {
  const auto refused = [](const char* path, Quantifier q = Quantifier::each) {
    const auto slot = resolve(path, q);
    return slot ? std::string("accepted") : slot.error().text;
  };
  CHECK(refused("principal.usr.userid").starts_with("no field \"usr\" in Noun"));
  CHECK(refused("principal.user").find("is a message") != std::string::npos);
  CHECK(refused("principal.user.userid.x").find("has no fields") != std::string::npos);
  CHECK(refused("principal.hostname[0]").find("not repeated") != std::string::npos);
  CHECK(refused("security_result[0].action").find("not on all") != std::string::npos);
  CHECK(refused("additional.fields").find("needs a key") != std::string::npos);
  CHECK(refused("additional").find("is a map") != std::string::npos);
  CHECK(refused("principal.hostname[\"x\"]").find("is not a map") != std::string::npos);
  CHECK(refused("about.labels").find("is a message") != std::string::npos);
  CHECK(refused("principal.hostname", Quantifier::any).find("repeated") != std::string::npos);
  CHECK(refused("principal.ip[0]", Quantifier::any).find("index") != std::string::npos);
  CHECK(refused("about.labels[\"foreign\"]", Quantifier::any).find("map") != std::string::npos);
  CHECK(refused("about.labels[\"link.owner\"]", Quantifier::any) == "accepted");
  CHECK(refused("") != "accepted");
}

}  // namespace sekisho::engine
