// Takes a host, gives the brand it resembles and how. One entry: Brands::lookalike. Says nothing of hosts that any
// brand owns or uses.
#include "brand/brand.h"
#include "text/normalize.h"

namespace sekisho::brand {
namespace {

// A token inside a label counts where it stands as a word (bounded by hyphen, digit or the label's end); a distinctive
// one of six letters or more counts anywhere.
bool counts(std::string_view label, size_t at, std::string_view token, Danger danger) {
  if (danger == Danger::high && token.size() >= 6) return true;
  const bool left = at == 0 || !is_alpha(label[at - 1]);
  const size_t end = at + token.size();
  const bool right = end == label.size() || !is_alpha(label[end]);
  return left && right;
}

}  // namespace

std::optional<Index> Brands::token_in(std::string_view in) const {
  for (size_t i = 0; i + 2 <= in.size(); ++i) {
    if (!first_pairs_[pair_of(in.substr(i))]) continue;
    for (size_t gram = std::min<size_t>(4, in.size() - i); gram >= 2; --gram) {
      const auto it = pieces_by_gram_.find(in.substr(i, gram));
      if (it == pieces_by_gram_.end()) continue;
      for (const Piece& p : it->second)
        if (in.substr(i, p.text.size()) == p.text && counts(in, i, p.text, p.danger)) return p.brand;
    }
  }
  return std::nullopt;
}

std::optional<Index> Brands::lookalike_text(std::string_view text) const {
  return token_in(ascii_lower(text.substr(0, 300)));
}

std::optional<Lookalike> Brands::lookalike(std::string_view host) const {
  if (host.empty() || host.size() > 253 || net::is_ip(host)) return std::nullopt;
  if (any_role(host, [](const Role&) { return true; })) return std::nullopt;
  const std::string_view registrable = suffixes_->registrable(host);
  const std::string_view suffix = suffixes_->suffix(host);
  if (registrable.empty()) return std::nullopt;
  const std::string_view subdomain = host.substr(0, host.size() - registrable.size());
  const std::string_view label = registrable.substr(0, registrable.size() - suffix.size());

  // An owned domain written into the subdomain: "brand.example." + evil.
  for (std::string_view rest = subdomain; !rest.empty();) {
    for (const char end : {'.', '-'}) {
      for (size_t stop = rest.find(end); stop != std::string_view::npos; stop = rest.find(end, stop + 1)) {
        if (const auto it = by_domain_.find(rest.substr(0, stop)); it != by_domain_.end())
          return Lookalike{it->second.front().brand, "embedded"};
        if (stop > 60) break;
      }
    }
    const size_t dot = rest.find_first_of(".-");
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }

  if (const auto b = token_in(label)) return Lookalike{*b, "token"};
  if (const auto b = token_in(subdomain)) return Lookalike{*b, "subdomain"};
  const std::string readable = net::to_unicode(host);
  const std::string folded = text::skeleton(readable);
  if (folded != host)
    if (const auto b =
            token_in(std::string_view(folded).substr(0, folded.size() - std::min(folded.size(), suffix.size()))))
      return Lookalike{*b, "skeleton"};
  return std::nullopt;
}

}  // namespace sekisho::brand
