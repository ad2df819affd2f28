// Takes a message whose header block is sliced, fills in what its fields say: subject, identities, ids, date, hops,
// duplicates. Entry: read_identities. Refuses nothing.
#include <algorithm>
#include <array>
#include <iterator>

#include "base/strings.h"
#include "mail/assemble.h"

namespace sekisho::mail {
namespace {

enum Field : uint8_t {
  subject,
  from,
  sender,
  reply_to,
  to,
  cc,
  bcc,
  return_path,
  message_id,
  in_reply_to,
  references,
  date,
  received,
  content_type,
  content_transfer_encoding,
  mime_version,
  none
};
struct Name {
  std::string_view name;
  bool once;  // RFC 5322 section 3.6 and RFC 2045 section 3
};
constexpr std::array<Name, none> kNames = {{{"subject", true},
                                            {"from", true},
                                            {"sender", true},
                                            {"reply-to", true},
                                            {"to", true},
                                            {"cc", true},
                                            {"bcc", true},
                                            {"return-path", false},
                                            {"message-id", true},
                                            {"in-reply-to", true},
                                            {"references", true},
                                            {"date", true},
                                            {"received", false},
                                            {"content-type", true},
                                            {"content-transfer-encoding", true},
                                            {"mime-version", true}}};

Field field_of(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i)
    if (iequals(name, kNames[i].name)) return static_cast<Field>(i);
  return none;
}

void add(Message& m, std::vector<Mailbox>& to, const HeaderField& field, const Limits& limits) {
  Limits left = limits;  // repeated fields share one allowance
  left.headers -= std::min(left.headers, to.size());
  bool cut = false;
  std::vector<Mailbox> boxes = parse_addresses(field.value, left, &cut);
  if (cut) note_limit(m, "header_bytes");
  if (to.empty()) to = std::move(boxes);
  else to.insert(to.end(), std::make_move_iterator(boxes.begin()), std::make_move_iterator(boxes.end()));
}

// What stands between the first '<' and '>', else the first word.
std::string one_id(std::string_view value) {
  const std::string flat = unfold(value);
  const size_t open = flat.find('<'), close = flat.find('>', open == std::string::npos ? 0 : open);
  if (open != std::string::npos && close != std::string::npos)
    return std::string(trim(std::string_view(flat).substr(open + 1, close - open - 1)));
  return flat.substr(0, flat.find_first_of(" \t"));
}

void all_ids(std::vector<std::string>& out, std::string_view value, size_t most) {
  const std::string flat = unfold(value);
  size_t i = 0;
  while (i < flat.size() && out.size() < most) {
    while (i < flat.size() && (is_space(flat[i]) || flat[i] == ',')) ++i;
    const size_t begin = i;
    if (i < flat.size() && flat[i] == '<') {
      while (i < flat.size() && flat[i] != '>') ++i;
      out.emplace_back(flat.substr(begin + 1, i - begin - 1));
      ++i;
    } else {
      while (i < flat.size() && !is_space(flat[i]) && flat[i] != '<' && flat[i] != ',') ++i;
      if (i > begin) out.emplace_back(flat.substr(begin, i - begin));
    }
  }
}

}  // namespace

void read_identities(Message& m, const Limits& limits) {
  std::array<uint32_t, none> seen{};
  for (const HeaderField& field : m.headers.fields) {
    const Field what = field_of(field.name);
    if (what == none) continue;
    const bool first = ++seen[what] == 1;
    switch (what) {
      case subject:
        if (first) m.subject = decode_header_text(field.value);
        break;
      case from:
        add(m, m.from, field, limits);
        break;
      case sender:
        add(m, m.sender, field, limits);
        break;
      case reply_to:
        add(m, m.reply_to, field, limits);
        break;
      case to:
        add(m, m.to, field, limits);
        break;
      case cc:
        add(m, m.cc, field, limits);
        break;
      case bcc:
        add(m, m.bcc, field, limits);
        break;
      case return_path:
        if (first) add(m, m.return_path, field, limits);
        break;
      case message_id:
        if (first) m.message_id = one_id(field.value);
        break;
      case in_reply_to:
        if (first) m.in_reply_to = one_id(field.value);
        break;
      case references:
        all_ids(m.references, field.value, limits.headers);
        break;
      case date:
        if (first) m.date = parse_rfc5322_date(unfold(field.value));
        break;
      case received:
        m.received.push_back(parse_received(field.value));
        m.received.back().offset = field.offset;
        break;
      default:
        break;
    }
  }
  for (size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i].once && seen[i] > 1) m.duplicated_headers.emplace_back(kNames[i].name);
  std::sort(m.duplicated_headers.begin(), m.duplicated_headers.end());
  if (m.headers.too_many > 0) note_limit(m, "headers");
  if (m.headers.too_long > 0) note_limit(m, "header_bytes");
}

}  // namespace sekisho::mail
