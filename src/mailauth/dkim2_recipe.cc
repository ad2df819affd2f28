// Takes a message and a recipe, gives the message as it was before. Entry: undo(). Refuses recipes that copy more than
// there is.
#include "mailauth/dkim2_recipe.h"

#include <simdjson.h>

#include <algorithm>
#include <map>

#include "base/strings.h"

namespace sekisho::mailauth {
namespace {

namespace dom = simdjson::dom;

// Appends what a list of steps makes of `from`, counted from 1; `left` bytes may still be made. false: a step is none,
// or it is too much.
bool follow(const dom::element& steps, const std::vector<std::string_view>& from, size_t& left,
            std::vector<std::string>& out) {
  dom::array list;
  if (steps.get(list) != simdjson::SUCCESS) return false;
  const auto add = [&](std::string_view text) {
    if (text.size() + 2 > left) return false;
    left -= text.size() + 2;
    out.emplace_back(text);
    return true;
  };
  for (const dom::element step : list) {
    dom::array part;
    if (step["c"].get(part) == simdjson::SUCCESS) {
      uint64_t start = 0, end = 0;
      if (part.size() != 2 || part.at(0).get(start) != simdjson::SUCCESS || part.at(1).get(end) != simdjson::SUCCESS)
        return false;
      for (uint64_t i = std::max<uint64_t>(start, 1); i <= std::min<uint64_t>(end, from.size()); ++i)
        if (!add(from[i - 1])) return false;
    } else if (step["d"].get(part) == simdjson::SUCCESS) {
      for (const dom::element value : part) {
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS || !add(text)) return false;
      }
    }
  }
  return true;
}

std::vector<std::string_view> lines_of(std::string_view body) {
  std::vector<std::string_view> out = split(body, '\n');
  for (std::string_view& line : out)
    if (line.ends_with('\r')) line.remove_suffix(1);
  if (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

}  // namespace

bool outside_dkim2(std::string_view name) {
  static constexpr std::string_view kNames[] = {"received",
                                                "return-path",
                                                "delivered-to",
                                                "authentication-results",
                                                "dkim-signature",
                                                "message-instance",
                                                "dkim2-signature",
                                                "arc-authentication-results",
                                                "arc-message-signature",
                                                "arc-seal"};
  return istarts_with(name, "x-") || std::ranges::any_of(kNames, [&](std::string_view n) { return iequals(n, name); });
}

std::optional<std::string> undo(const Message& message, std::string_view json) {
  dom::parser parser;
  dom::object recipe;
  if (parser.parse(json.data(), json.size()).get(recipe) != simdjson::SUCCESS) return std::nullopt;
  std::map<std::string, std::vector<std::string_view>> fields;  // by lower-case name, bottom first
  // One account for all that is made: what was there before is not more than what is there now and the recipe.
  size_t left = json.size() + message.body().size();
  for (auto f = message.fields().rbegin(); f != message.fields().rend(); ++f) {
    left += f->raw.size();
    if (!outside_dkim2(f->name)) fields[ascii_lower(f->name)].push_back(trim(f->value));
  }
  std::string out;
  dom::object changed;
  dom::element headers;
  std::map<std::string, std::vector<std::string>> made;
  if (recipe["h"].get(headers) == simdjson::SUCCESS) {
    if (headers.get(changed) != simdjson::SUCCESS) return std::nullopt;
    for (const auto& [name, steps] : changed) {
      const std::string lower = ascii_lower(name);
      if (!follow(steps, fields[lower], left, made[lower])) return std::nullopt;
    }
  }
  for (const auto& [name, values] : fields) {
    std::vector<std::string> all(values.begin(), values.end());
    if (const auto it = made.find(name); it != made.end()) all = it->second;
    for (auto v = all.rbegin(); v != all.rend(); ++v) out += name + ": " + *v + "\r\n";
  }
  out += "\r\n";
  dom::element body;
  if (recipe["b"].get(body) != simdjson::SUCCESS) return out + std::string(message.body());
  if (body.is_null()) return std::nullopt;
  std::vector<std::string> lines;
  if (!follow(body, lines_of(message.body()), left, lines)) return std::nullopt;
  for (const std::string& line : lines) out += line + "\r\n";
  if (lines.empty()) out += "\r\n";
  return out;
}

}  // namespace sekisho::mailauth
