// Takes files of hosts, gives them in memory. Entries: read_hosts, hosts_of, unseen, print_of.
#include "cli/names_hosts.h"

#include <zlib.h>

#include <algorithm>

#include "base/sha256.h"
#include "base/strings.h"
#include "cli/names.h"

namespace sekisho::cli {

// Honest hosts whose names have an odd checksum stay unseen while anything is fitted or written.
bool unseen(std::string_view host) {
  return (crc32(0, reinterpret_cast<const Bytef*>(host.data()), static_cast<uInt>(host.size())) & 1) != 0;
}

std::string print_of(std::string_view host) { return sha256_hex(host).substr(0, 16); }

bool each_line_of(const std::string& path, const std::function<void(std::string_view)>& each) {
  std::FILE* in = std::fopen(path.c_str(), "r");
  if (in == nullptr) {
    complain(path, "cannot be read");
    return false;
  }
  each_line(in, 64 << 10, [&](std::string_view line, bool whole) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (whole && !line.empty() && !line.starts_with('#')) each(line);
  });
  std::fclose(in);
  return true;
}

bool read_hosts(const NamesOptions& options, Hosts& out) {
  size_t seen_column = 0, label_column = 1, host_column = 2;
  bool header = true;
  std::set<std::pair<std::string, std::string>> distinct;
  if (!options.reported.empty() && !each_line_of(options.reported, [&](std::string_view line) {
        const auto fields = split(line, '\t');
        if (std::exchange(header, false)) {
          for (size_t i = 0; i < fields.size(); ++i) {
            if (fields[i] == "first_seen") seen_column = i;
            if (fields[i] == "brand") label_column = i;
            if (fields[i] == "host") host_column = i;
          }
          return;
        }
        if (fields.size() <= std::max({seen_column, label_column, host_column})) return;
        Reported r{std::string(fields[seen_column].substr(0, 4)), std::string(fields[label_column]),
                   ascii_lower(fields[host_column])};
        if (distinct.emplace(r.label, r.host).second) out.reported.push_back(std::move(r));
      }))
    return false;
  std::set<std::string, std::less<>> once;
  if (!options.honest.empty() && !each_line_of(options.honest, [&](std::string_view line) {
        if (once.emplace(line).second) out.honest.emplace_back(line);
      }))
    return false;
  if (!options.checked.empty() &&
      !each_line_of(options.checked, [&](std::string_view line) { out.known_bad.emplace(line.substr(0, 16)); }))
    return false;
  return true;
}

// Distinct hosts of a span of years, in the order of the file.
std::vector<std::string_view> hosts_of(const Hosts& hosts, const std::function<bool(std::string_view year)>& wanted) {
  std::vector<std::string_view> out;
  std::set<std::string_view> once;
  for (const Reported& r : hosts.reported)
    if (wanted(r.year) && once.insert(r.host).second) out.push_back(r.host);
  return out;
}

}  // namespace sekisho::cli
