// Takes the value of an address field, gives its mailboxes. Entry: parse_addresses (RFC 5322 section 3.4 and what
// people send instead). Refuses nothing: what cannot be read becomes a malformed Mailbox that holds the text. Reads at
// most kAddressFieldBytes of a field and gives at most Limits::headers mailboxes, in time linear in the field.
#include <algorithm>

#include "base/strings.h"
#include "mail/message.h"
#include "net/host.h"

namespace sekisho::mail {
namespace {

bool local_char(char c) {
  return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

// Addr-spec text → the address fields of the mailbox.
void set_address(Mailbox& box, std::string_view spec) {
  spec = trim(spec);
  if (spec.size() > 7 && istarts_with(spec, "mailto:")) spec.remove_prefix(7);
  if (spec.starts_with('@')) {  // obsolete source route: @a,@b:user@host
    const size_t colon = spec.find(':');
    if (colon != std::string_view::npos) spec.remove_prefix(colon + 1);
  }
  if (spec.empty()) return;
  box.address = spec;
  box.malformed = true;
  // The '@' that parts local part from domain is the last one outside quotes.
  size_t at = std::string_view::npos, ats = 0;
  bool quoted = false, quoted_any = false;
  std::string local;
  for (size_t i = 0; i < spec.size(); ++i) {
    if (spec[i] == '"') quoted = !quoted, quoted_any = true;
    else if (quoted && spec[i] == '\\') ++i;
    else if (!quoted && spec[i] == '@') at = i, ++ats;
  }
  if (at == std::string_view::npos || at == 0 || ats != 1 || quoted) return;
  std::string_view name = spec.substr(0, at);
  std::string_view domain = trim(spec.substr(at + 1));
  name = trim(name);
  if (quoted_any) {
    for (size_t i = 0; i < name.size(); ++i) {
      if (name[i] == '\\' && i + 1 < name.size()) ++i;
      else if (name[i] == '"') continue;
      local += name[i];
    }
  } else {
    if (!std::all_of(name.begin(), name.end(), local_char)) return;
    local = name;
  }
  while (domain.ends_with('.')) domain.remove_suffix(1);
  if (domain.empty() || domain.size() > 1000) return;
  std::string ascii;
  if (domain.front() == '[') {
    if (domain.back() != ']' || !net::is_ip(istarts_with(domain, "[ipv6:") ? domain.substr(6, domain.size() - 7)
                                                                           : domain.substr(1, domain.size() - 2)))
      return;
    ascii = ascii_lower(domain);
  } else if (is_ascii(domain)) {
    if (domain.front() == '.' || domain.find("..") != std::string_view::npos) return;
    for (char c : domain)
      if (!is_alnum(c) && c != '-' && c != '.' && c != '_') return;
    ascii = ascii_lower(domain);
  } else {
    auto converted = net::to_ascii(domain);
    if (!converted) return;
    ascii = std::move(*converted);
  }
  box.malformed = false;
  box.local = std::move(local);
  box.address = std::string(name) + "@" + (is_ascii(domain) ? ascii : std::string(domain));
  box.domain = std::move(ascii);
}

class Reader {
 public:
  Reader(std::string_view value, const Limits& limits)
      : in_(value), most_(limits.headers), last_semicolon_(value.rfind(';')), last_word_end_(value.rfind("?=")) {}

  // cut: set when mailboxes were left out. `incomplete`: the text ends somewhere inside what was sent.
  std::vector<Mailbox> run(bool incomplete, bool& cut) {
    while (at_ < in_.size() && out_.size() < most_) step();
    left_out_ = at_ < in_.size();
    // Half of "user@bank.example.evil.example" must not pass for an address.
    broken_ = broken_ || (incomplete && !left_out_);
    finish();
    cut = left_out_;
    return std::move(out_);
  }

 private:
  void step() {
    const char c = in_[at_];
    switch (c) {
      case '(':
        if (no_comments_) break;
        comment();
        return;
      case '"':
        if (no_quotes_) ++at_;
        else quoted();
        return;
      case '<':
        angle();
        return;
      case ',':
        finish();
        ++at_;
        return;
      case ';':
        finish();
        ++at_;
        return;
      case ':':
        // A group ("Staff: a@b, c@d;") needs its semicolon; without one the colon belongs to a careless display name.
        if (!has_angle_ && !phrase_at_ && last_semicolon_ != std::string_view::npos && at_ < last_semicolon_ &&
            !(phrase_.size() < 16 && iequals(trim(phrase_), "mailto"))) {
          clear();
          ++at_;
          return;
        }
        break;
      case '=':
        if (encoded_word()) return;
        break;
      default:
        break;
    }
    if (has_angle_ && !is_space(c)) begin_after_angle();
    if (is_space(c)) {
      if (!phrase_.empty() && phrase_.back() != ' ') phrase_ += ' ';
    } else {
      phrase_ += c;
      phrase_at_ = phrase_at_ || c == '@';
    }
    ++at_;
  }

  // Encoded words may hold the characters that have a meaning here; they are copied whole and decoded at the end.
  bool encoded_word() {
    if (at_ + 1 >= in_.size() || in_[at_ + 1] != '?' || last_word_end_ == std::string_view::npos ||
        at_ >= last_word_end_)
      return false;
    size_t i = at_ + 2;
    for (int marks = 0; marks < 2; ++i) {
      if (i >= in_.size() || is_space(in_[i]) || i - at_ > 90) return false;
      if (in_[i] == '?') ++marks;
    }
    if (i > last_word_end_) return false;
    const size_t end = in_.find("?=", i);
    if (has_angle_) begin_after_angle();
    phrase_ += in_.substr(at_, end + 2 - at_);
    encoded_ = true;
    at_ = end + 2;
    return true;
  }

  void comment() {
    size_t depth = 0, i = at_;
    std::string text;
    for (; i < in_.size(); ++i) {
      const char c = in_[i];
      if (c == '\\' && i + 1 < in_.size()) {
        text += in_[++i];
        continue;
      }
      if (c == '(' && ++depth == 1) continue;
      if (c == ')' && --depth == 0) break;
      text += c;
    }
    if (depth != 0) {
      // Never closed: from here on parentheses are ordinary characters, so that no address hides behind one (and the
      // scan stays linear).
      no_comments_ = true;
      return;
    }
    comment_ = std::move(text);
    at_ = i + 1;
  }

  void quoted() {
    size_t i = at_ + 1;
    std::string text;
    for (; i < in_.size() && in_[i] != '"'; ++i) {
      if (in_[i] == '\\' && i + 1 < in_.size()) ++i;
      text += in_[i];
    }
    if (has_angle_) begin_after_angle();
    if (i >= in_.size()) {  // no closing quote: drop this and all later ones, read on
      no_quotes_ = true;
      ++at_;
      return;
    }
    if (i + 1 < in_.size() && in_[i + 1] == '@') {  // "quoted local"@host
      phrase_ += in_.substr(at_, i + 1 - at_);
    } else {
      if (!phrase_.empty() && phrase_.back() != ' ') phrase_ += ' ';
      quoted_at_ = quoted_at_ || text.find('@') != std::string::npos;
      phrase_ += text;
      was_quoted_ = true;
      if (text.find("=?") != std::string::npos) encoded_ = true;
    }
    at_ = i + 1;
  }

  void angle() {
    if (has_angle_) begin_after_angle();
    size_t i = closing_bracket(at_ + 1);
    const bool closed = i != std::string_view::npos;
    if (!closed) i = std::min(in_.find_first_of(",<;", at_ + 1), in_.size());  // up to the next comma or '<'
    spec_ = in_.substr(at_ + 1, i - at_ - 1);
    has_angle_ = true;
    broken_ = !closed;
    at_ = closed ? i + 1 : i;
  }

  // The '>' that closes the bracket whose text starts at `from`; npos when a '<' or the end comes first. What happens
  // from a byte on depends only on the byte and on being inside quotes, so bytes that one failed search has passed in
  // a state need no second look: all searches together pass each byte at most twice. Without this, "<\"<\"<\"…" where
  // each quote is outside for one bracket and escaped for another costs its length squared.
  size_t closing_bracket(size_t from) {
    bool in_quotes = false;
    for (size_t i = from; i < in_.size(); ++i) {
      if (!dead_.empty() && (dead_[i] & (in_quotes ? 2 : 1)) != 0) break;
      const char c = in_[i];
      if (c == '"') in_quotes = !in_quotes;
      else if (in_quotes && c == '\\') ++i;
      else if (!in_quotes && c == '>') return i;
      else if (!in_quotes && c == '<') break;
    }
    if (dead_.empty()) dead_.resize(in_.size());
    in_quotes = false;
    for (size_t i = from; i < in_.size(); ++i) {
      uint8_t& dead = dead_[i];
      const uint8_t state = in_quotes ? 2 : 1;
      if ((dead & state) != 0) break;
      dead |= state;
      const char c = in_[i];
      if (c == '"') in_quotes = !in_quotes;
      else if (in_quotes && c == '\\') ++i;
      else if (!in_quotes && c == '<') break;
    }
    return std::string_view::npos;
  }

  // Text after "<a@b>" without a comma: the mailbox ends here, and what follows is another one that nobody separated.
  void begin_after_angle() {
    finish();
    unseparated_ = true;
  }

  void finish() {
    std::string phrase(trim(phrase_));
    if (!has_angle_ && phrase.empty() && comment_.empty()) {
      clear();
      return;
    }
    Mailbox box;
    if (has_angle_) {
      // "Example, Inc. <a@b>": the unquoted comma has cut the name, and every mail reader shows it whole.
      if (!phrase.empty() && !unseparated_ && !out_.empty() && open_name_) {
        phrase = pending_ + ", " + phrase;
        out_.resize(out_.size() - open_pieces_);
      }
      std::string spec = squeeze(spec_);
      if (spec.find("=?") != std::string::npos) spec = decode_header_text(spec);
      if (!is_ascii(spec)) spec = decode_header_text(spec);
      set_address(box, spec);
      box.display_name = decode_header_text(phrase.empty() ? comment_ : phrase);
      open_name_ = false;
    } else {
      const bool address = phrase.find('@') != std::string::npos && !encoded_ && !(was_quoted_ && quoted_at_);
      if (address) {
        set_address(box, squeeze(is_ascii(phrase) ? phrase : decode_header_text(phrase)));
        box.display_name = decode_header_text(comment_);
        if (box.malformed) salvage(box, phrase);
        open_name_ = false;
      } else {
        box.display_name = decode_header_text(phrase.empty() ? comment_ : phrase);
        box.malformed = true;
        const bool follows = open_name_ && !unseparated_ && open_pieces_ < 8;
        open_name_ = !was_quoted_ && !phrase.empty();
        pending_ = follows ? pending_ + ", " + phrase : phrase;
        open_pieces_ = follows ? open_pieces_ + 1 : 1;
      }
    }
    if (unseparated_) box.malformed = true;
    box.malformed = box.malformed || broken_;
    if (box.malformed) box.domain.clear();
    if (out_.size() < most_) out_.push_back(std::move(box));
    else left_out_ = true;
    clear();
  }

  // "Example Support a@b" without brackets: the last word may be the address; mail readers show all of it.
  static void salvage(Mailbox& box, const std::string& phrase) {
    const size_t space = phrase.find_last_of(' ');
    if (space == std::string::npos) return;
    Mailbox tail;
    set_address(tail, std::string_view(phrase).substr(space + 1));
    if (tail.malformed || tail.domain.empty()) return;
    box.display_name = decode_header_text(phrase.substr(0, space));
    box.address = tail.address;
    box.local = tail.local;
  }

  // White space and comments around '.' and '@' are allowed by the obsolete syntax; other white space stays and makes
  // it malformed.
  static std::string squeeze(std::string_view s) {
    std::string out;
    bool quoted = false;
    int depth = 0;
    for (size_t i = 0; i < s.size(); ++i) {
      const char c = s[i];
      if (quoted && c == '\\' && i + 1 < s.size()) {
        out += c;
        out += s[++i];
        continue;
      }
      if (c == '"' && depth == 0) quoted = !quoted;
      if (!quoted && c == '(') ++depth;
      else if (!quoted && c == ')' && depth > 0) --depth;
      else if (depth == 0) {
        if (!quoted && is_space(c)) {
          if (out.empty() || out.back() == '@' || out.back() == '.' || out.back() == ' ') continue;
          out += ' ';
          continue;
        }
        if ((c == '@' || c == '.') && !quoted && out.ends_with(' ')) out.pop_back();
        out += c;
      }
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
  }

  void clear() {
    phrase_.clear();
    spec_.clear();
    comment_.clear();
    has_angle_ = phrase_at_ = broken_ = encoded_ = was_quoted_ = quoted_at_ = unseparated_ = false;
  }

  std::string_view in_;
  size_t most_, last_semicolon_, last_word_end_;
  size_t at_ = 0;
  std::vector<uint8_t>
      dead_;  // by byte: 1 outside, 2 inside quotes: from here no '>' closes a bracket; empty: none yet
  std::vector<Mailbox> out_;
  std::string phrase_, spec_, comment_;
  std::string pending_;     // raw phrase of the last mailbox when open_name_
  size_t open_pieces_ = 0;  // mailboxes at the end of out_ that pending_ stands for
  bool open_name_ = false;  // the last mailbox was a bare name that a comma may have cut
  bool has_angle_ = false, broken_ = false, encoded_ = false, was_quoted_ = false, quoted_at_ = false,
       unseparated_ = false;
  bool phrase_at_ = false;  // the phrase holds an '@' outside quotes and encoded words
  bool no_comments_ = false, no_quotes_ = false;
  bool left_out_ = false;  // mailboxes beyond most_
};

}  // namespace

std::vector<Mailbox> parse_addresses(std::string_view header_value, const Limits& limits, bool* cut) {
  const size_t most = std::min(limits.header_bytes, kAddressFieldBytes);
  const bool incomplete = header_value.size() > most;
  const std::string flat = unfold(header_value.substr(0, most));
  bool left_out = false;
  std::vector<Mailbox> boxes = Reader(flat, limits).run(incomplete, left_out);
  if (cut != nullptr) *cut = *cut || incomplete || left_out;
  return boxes;
}

}  // namespace sekisho::mail
