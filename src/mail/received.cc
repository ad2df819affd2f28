// Takes the value of a Received field, gives the hop it records. Entry: parse_received (RFC 5321 section 4.4, and the
// forms of Postfix, Exim, Sendmail, qmail, Microsoft and Google). Refuses nothing: what is not there stays empty.
#include "base/strings.h"
#include "mail/message.h"
#include "net/host.h"

namespace sekisho::mail {
namespace {

std::string_view strip(std::string_view s) {
  while (!s.empty() && (s.front() == '<' || s.front() == '"' || s.front() == '(')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == '>' || s.back() == '"' || s.back() == ')' || s.back() == ',' || s.back() == ';'))
    s.remove_suffix(1);
  return s;
}

// The address in "[192.0.2.1]", "[IPv6:2001:db8::1]", "192.0.2.1", "[192.0.2.1]:25"; "" if it is none.
std::string_view address_in(std::string_view word) {
  word = strip(word);
  if (word.starts_with('[')) {
    const size_t close = word.find(']');
    if (close == std::string_view::npos) return {};
    word = word.substr(1, close - 1);
  }
  if (istarts_with(word, "ipv6:")) word.remove_prefix(5);
  if (word.size() < 3 || word.size() > 45) return {};
  for (char c : word)
    if (!is_digit(c) && c != '.' && c != ':' && (ascii_lower(c) < 'a' || ascii_lower(c) > 'f')) return {};
  return net::is_ip(word) ? word : std::string_view();
}

bool is_host(std::string_view s) {
  if (s.find('.') == std::string_view::npos) return false;
  for (char c : s)
    if (!is_alnum(c) && c != '.' && c != '-' && c != '_') return false;
  return true;
}

// The comment after the name in "from": "(rdns [ip])", "([ip] helo=x)", "(HELO x)", "(ip)".
void read_from_comment(Received& hop, std::string_view comment) {
  bool helo_next = false;
  size_t i = 0;
  while (i < comment.size()) {
    while (i < comment.size() && is_space(comment[i])) ++i;
    const size_t begin = i;
    while (i < comment.size() && !is_space(comment[i])) ++i;
    std::string_view word = comment.substr(begin, i - begin);
    if (word.empty()) break;
    if (helo_next) {
      hop.from_name = std::move(hop.from_helo);  // qmail: the name before is the one that was looked up
      hop.from_helo = strip(word);
      helo_next = false;
    } else if (iequals(word, "HELO") || iequals(word, "EHLO")) {
      helo_next = true;
    } else if (istarts_with(word, "helo=") || istarts_with(word, "ehlo=")) {
      if (!hop.from_helo.empty() && address_in(hop.from_helo).empty()) hop.from_name = std::move(hop.from_helo);
      hop.from_helo = strip(word.substr(5));
    } else {
      const size_t user = word.find('@');
      if (user != std::string_view::npos) word.remove_prefix(user + 1);  // ident: user@host
      if (const std::string_view ip = address_in(word); !ip.empty()) {
        if (hop.from_ip.empty()) hop.from_ip = ip;
      } else if (hop.from_name.empty() && is_host(word)) {
        hop.from_name = ascii_lower(word);
      }
    }
  }
}

}  // namespace

Received parse_received(std::string_view header_value) {
  Received hop;
  const std::string flat = unfold(header_value.substr(0, 8192));  // an honest one is far shorter
  std::string_view text = flat;
  const size_t semicolon = text.rfind(';');
  if (semicolon != std::string_view::npos) {
    hop.time = parse_rfc5322_date(trim(text.substr(semicolon + 1)));
    text = text.substr(0, semicolon);
  }
  enum class Clause { none, from, by, via, with, id, for_ } clause = Clause::none;
  size_t i = 0;
  while (i < text.size()) {
    if (is_space(text[i])) {
      ++i;
      continue;
    }
    if (text[i] == '(') {
      size_t depth = 0, j = i;
      for (; j < text.size(); ++j) {
        if (text[j] == '(') ++depth;
        if (text[j] == ')' && --depth == 0) break;
      }
      if (clause == Clause::from) read_from_comment(hop, text.substr(i + 1, j - i - 1));
      i = j + 1;
      continue;
    }
    const size_t begin = i;
    while (i < text.size() && !is_space(text[i]) && text[i] != '(') ++i;
    const std::string_view word = text.substr(begin, i - begin);
    const Clause next = iequals(word, "from")   ? Clause::from
                        : iequals(word, "by")   ? Clause::by
                        : iequals(word, "via")  ? Clause::via
                        : iequals(word, "with") ? Clause::with
                        : iequals(word, "id")   ? Clause::id
                        : iequals(word, "for")  ? Clause::for_
                                                : Clause::none;
    if (next != Clause::none && (next != Clause::from || clause == Clause::none)) {
      clause = next;
      continue;
    }
    switch (clause) {
      case Clause::from:
        if (hop.from_helo.empty()) {
          hop.from_helo = strip(word);
          if (const std::string_view ip = address_in(word); !ip.empty() && hop.from_ip.empty()) hop.from_ip = ip;
        } else if (const std::string_view ip = address_in(word); !ip.empty() && hop.from_ip.empty()) {
          hop.from_ip = ip;
        }
        break;
      case Clause::by:
        if (hop.by.empty()) hop.by = ascii_lower(strip(word));
        break;
      case Clause::with:
        if (!hop.with.empty()) hop.with += ' ';
        if (hop.with.size() < 200) hop.with += strip(word);
        break;
      case Clause::for_:
        if (hop.for_address.empty()) hop.for_address = strip(word);
        break;
      default:
        break;
    }
  }
  return hop;
}

}  // namespace sekisho::mail
