// Reported and honest hosts, as `names fit`, `eval` and `plan` read them.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "brand/features.h"
#include "cli/cli.h"
#include "scan/content.h"

namespace sekisho::cli {

struct Reported {
  std::string year, label, host;
};

struct Hosts {
  std::vector<Reported> reported;  // distinct pairs of label and host
  std::vector<std::string> honest;
  std::set<std::string, std::less<>> known_bad;  // prints of honest hosts that are none
};

// The files that the options name; false after a message.
bool read_hosts(const NamesOptions& options, Hosts& out);
bool each_line_of(const std::string& path, const std::function<void(std::string_view)>& each);  // without # and empty

// Distinct hosts of the years that are wanted, in the order of the file.
std::vector<std::string_view> hosts_of(const Hosts& hosts, const std::function<bool(std::string_view year)>& wanted);

// Honest hosts whose names have an odd checksum stay unseen while anything is fitted or written.
bool unseen(std::string_view host);
std::string print_of(std::string_view host);  // 16 digits of its SHA-256

// The weights by all but the rows whose brand `left_out` names; flag: so many false positives in a million.
brand::Weights fit_weights(const scan::Content& content, const Hosts& hosts, const std::string& until,
                           const std::function<bool(brand::Index)>& left_out);

}  // namespace sekisho::cli
