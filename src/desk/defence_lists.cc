// Takes a plan, gives lists in the form of content/lists (one entry a line, # comments), a table of all indicators with
// what became of each, and what to watch among new names. Entry: make_lists. Refuses nothing; no value holds a space.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/strings.h"
#include "desk/defence_parts.h"

namespace sekisho::desk {
namespace {

Defence file(const DefencePlan& plan, std::string path, std::string kind, Both what, std::string text) {
  Defence out;
  out.path = plan.folder + "/" + path;
  out.kind = std::move(kind);
  out.name = std::move(path);
  out.what = std::move(what);
  out.text = std::move(text);
  return out;
}

void list(const DefencePlan& plan, std::string_view name, Both what, const std::vector<std::string>& values,
          std::vector<Defence>& out) {
  std::string text = "# " + what.en + ". From " + plan.folder + "; proposed, not in use.\n";
  size_t written = 0;
  for (const std::string& v : values) {
    // A line that could be read as a comment or as two entries is none.
    if (v.empty() || v[0] == '#' || std::ranges::any_of(v, [](char c) { return is_space(c) || c == '\0' || c == '#'; }))
      continue;
    text += v + "\n";
    ++written;
  }
  if (written > 0) out.push_back(file(plan, "lists/" + std::string(name), "list", std::move(what), std::move(text)));
}

std::string toml_array(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& v : values) out += (out.size() > 1 ? ", " : "") + toml_string(v);
  return out + "]";
}

std::string table(const Advisory& advisory, const DefencePlan& plan) {
  std::string out = "type,value,role,use,as_written\r\n";
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::string_view> left_out;
  for (const LeftOut& left : plan.left_out) left_out[{left.value, left.type, left.role}] = left.why;
  for (const Indicator& i : advisory.indicators) {
    std::string use = i.type == "cve" || i.type == "technique" ? "" : "rule";
    if (const auto left = left_out.find({i.value, i.type, i.role}); left != left_out.end())
      use = "left out: " + std::string(left->second);
    out += csv_cell(i.type) + ',' + csv_cell(i.value) + ',' + csv_cell(i.role) + ',' + csv_cell(use) + ',' +
           csv_cell(i.as_written) + "\r\n";
  }
  return out;
}

// Tokens of a name that no pack has: its Latin words, joined.
std::string token_of(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (is_alnum(c)) out += ascii_lower(c);
  return out;
}

void watch(const DefencePlan& plan, const scan::Content& packs, std::vector<Defence>& out) {
  std::vector<std::string> ids, masks;
  for (const uint32_t b : plan.brands) ids.push_back(packs.brands[b].id);
  for (const Mask& m : plan.masks) masks.push_back(m.value);
  if (!ids.empty() || !masks.empty()) {
    std::string text = "# New names that play whom the article says is played; proposed, not in use.\n";
    if (!ids.empty()) {
      text += "# sekisho names watch";
      for (const std::string& id : ids) text += " --brand " + id;
      text += " FILE\n";
    }
    text += "advisory = " + toml_string(plan.folder) + "\nbrands = " + toml_array(ids) +
            "\nmasks = " + toml_array(masks) + "\n";
    out.push_back(
        file(plan, "watch/names.toml", "watch",
             {"Brands and masked names to watch among new domains", "新規ドメインで監視するブランドと伏せ字の名前"},
             std::move(text)));
  }
  // Names that no pack has become packs of their own, where the article says which hosts are genuine.
  std::string text;
  for (const std::string& name : plan.names) {
    const std::string token = token_of(name);
    if (token.size() < 5 || plan.genuine.empty()) continue;
    text += "\n[[brand]]\nid = " + toml_string(identifier(name)) +
            "\nsector = \"unknown\"\nnames = " + toml_array({name}) + "\nowned = " + toml_array(plan.genuine) +
            "\nsenders = " + toml_array(plan.genuine) + "\ntokens = [{text = " + toml_string(token) +
            ", danger = \"medium\"}]\n";
  }
  if (!text.empty())
    out.push_back(file(plan, "watch/brands.toml", "watch",
                       {"Brands of the article that no pack has, for sekisho.d; check which hosts are theirs",
                        "パックにないブランド(sekisho.d用)。所有ホストを要確認"},
                       "# For sekisho.d; proposed: check `owned` before use.\n" + text));
}

}  // namespace

std::vector<Defence> make_lists(const Advisory& advisory, const DefencePlan& plan, const scan::Content& packs) {
  std::vector<Defence> out;
  if (plan.empty) return out;
  std::vector<std::string> hosts, addresses = plan.addresses, digests = plan.sha256;
  for (const std::string& host : plan.hosts) (net::is_ip(host) ? addresses : hosts).push_back(host);
  digests.insert(digests.end(), plan.other_digests.begin(), plan.other_digests.end());
  list(plan, "hosts.txt", {"Hosts of the attackers, with all below them", "攻撃者のホスト(下位を含む)"}, hosts, out);
  list(plan, "urls.txt",
       {"Pages of the attackers on hosts that are not theirs alone", "攻撃者のページ(共用ホスト上を含む)"}, plan.urls,
       out);
  list(plan, "senders.txt", {"Sender addresses of the attackers", "攻撃者の送信元アドレス"}, plan.senders, out);
  list(plan, "ips.txt", {"Addresses of the attackers", "攻撃者のIPアドレス"}, addresses, out);
  list(plan, "hashes.txt", {"Digests of the attackers' files", "攻撃者のファイルのハッシュ"}, digests, out);
  if (!advisory.indicators.empty())
    out.push_back(file(plan, "lists/indicators.csv", "list",
                       {"All indicators of the article with what became of each", "記事の全指標とその扱い"},
                       table(advisory, plan)));
  watch(plan, packs, out);
  return out;
}

}  // namespace sekisho::desk
