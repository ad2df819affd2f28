// sekisho brand check: brand packs read strictly, then looked at together: what two houses both claim, what nobody can
// own, what is missing.
#include <fmt/format.h>

#include <map>

#include "base/strings.h"
#include "cli/names.h"

namespace sekisho::cli {
namespace {

class Checker {
 public:
  explicit Checker(const scan::Content& content) : content_(content), brands_(content.brands) {}

  size_t run() {
    std::map<std::string, brand::Index> owners, tokens;
    for (brand::Index i = 0; i < brands_.all().size(); ++i) {
      const brand::Brand& b = brands_[i];
      if (b.owned.empty() && b.senders.empty()) say(b, "owns no domain: everything with its name looks like it");
      if (b.senders.empty() && !b.owned.empty() && b.owned.size() > 1)
        say(b, "has no senders: mail is taken for the brand's from any domain that it owns");
      if (b.tokens.empty()) say(b, "has no token: no host can be found to look like it");
      for (const std::string& d : b.owned) {
        const auto [at, fresh] = owners.try_emplace(d, i);
        if (!fresh && !brands_.same_house(at->second, i)) say(b, d + " is also owned by " + brands_[at->second].id);
        for (size_t dot = d.find('.'); dot != std::string::npos; dot = d.find('.', dot + 1))
          if (const auto above = owners.find(d.substr(dot + 1)); above != owners.end() && above->second != i)
            if (!brands_.same_house(above->second, i))
              say(b, d + " lies below " + above->first + " of " + brands_[above->second].id);
        if (content_.suffixes->is_private_suffix(d) && content_.suffixes->registrable(d).empty())
          say(b, d + " is a suffix under which anybody may have a name");
      }
      for (const brand::Token& t : b.tokens) {
        const auto [at, fresh] = tokens.try_emplace(t.text, i);
        if (!fresh && !brands_.same_house(at->second, i))
          say(b, "token " + t.text + " is also " + brands_[at->second].id + "'s");
        if (t.danger == brand::Danger::high && t.text.size() < 4)
          say(b, "token " + t.text + " is too short for danger high");
        if (t.danger == brand::Danger::high && content_.judge->is_common(t.text))
          say(b, "token " + t.text + " is in the list of common words; danger high finds it everywhere");
      }
    }
    return warnings_;
  }

 private:
  void say(const brand::Brand& b, const std::string& text) {
    ++warnings_;
    put(printable(b.id) + ": " + printable(text) + "\n");
  }
  const scan::Content& content_;
  const brand::Brands& brands_;
  size_t warnings_ = 0;
};

}  // namespace

int brand_check_command(const NamesOptions& options) {
  const auto content = load_names(options);
  if (!content) return 2;
  size_t domains = 0, tokens = 0;
  for (const brand::Brand& b : content->brands.all()) {
    domains += b.owned.size() + b.cdn.size() + b.senders.size();
    tokens += b.tokens.size();
  }
  const size_t warnings = Checker(*content).run();
  put(fmt::format("{} brands, {} domains, {} tokens, {} warnings\n", content->brands.all().size(), domains, tokens,
                  warnings));
  return warnings > 0 ? 1 : 0;
}

}  // namespace sekisho::cli
