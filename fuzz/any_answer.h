// A DNS in which every name answers the same: whatever the fuzzer made up. Loops and floods of look-ups come by
// themselves.
#pragma once

#include <string>

#include "net/dns.h"

class AnyAnswer final : public sekisho::net::Resolver {
 public:
  explicit AnyAnswer(std::string text) : text_(std::move(text)) {}

 private:
  sekisho::net::DnsAnswer ask(const std::string& name, sekisho::net::DnsType type) override {
    using enum sekisho::net::DnsType;
    sekisho::net::DnsAnswer answer;
    answer.status = sekisho::net::DnsStatus::found;
    if (type == txt) answer.records = {{text_, 0}};
    else if (type == a) answer.records = {{"192.0.2.1", 0}};
    else if (type == aaaa) answer.records = {{"2001:db8::1", 0}};
    else if (type == mx || type == ptr) answer.records = {{"mx." + name, 10}};
    else answer.status = sekisho::net::DnsStatus::no_data;
    return answer;
  }
  std::string text_;
};
