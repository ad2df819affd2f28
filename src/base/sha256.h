// SHA-256 over pieces (OpenSSL). One instance belongs to one thread; spent after hex().
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace sekisho {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void add(std::string_view bytes);
  std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace sekisho
