// Errors are values. Every function that can fail on input returns Result<T>; TRY passes a failure on.
// An Error owns all its text; it may cross threads freely once built.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho {

// A piece of a named text: byte offset and byte length. The text's name (a file path) is kept beside it.
struct Span {
  uint32_t offset = 0;
  uint32_t length = 0;
  bool operator==(const Span&) const = default;
};

struct Error {
  std::string code;          // stable, dotted, documented: "mail.limit.parts", "yaral.syntax"
  std::string text;          // one short sentence, no trailing stop
  std::string source;        // name of the text that `span` points into; empty if none
  std::optional<Span> span;  // bytes
  std::string hint;          // what to do about it; may be empty
  std::shared_ptr<const Error> cause;

  // "code: text (cause: …)" on one line, for logs. People get diag::render.
  std::string one_line() const;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::string code, std::string text, std::string hint = {}) {
  return std::unexpected(Error{std::move(code), std::move(text), {}, {}, std::move(hint), {}});
}

inline std::unexpected<Error> fail_at(std::string code, std::string text, std::string source, Span span,
                                      std::string hint = {}) {
  return std::unexpected(Error{std::move(code), std::move(text), std::move(source), span, std::move(hint), {}});
}

}  // namespace sekisho

// TRY(expr): evaluate a Result; on failure return its Error from this function. As a statement only.
// TRY_ASSIGN(name, expr): the same, and bind the value to a new variable `name`.
#define SEKISHO_CONCAT_(a, b) a##b
#define SEKISHO_CONCAT(a, b) SEKISHO_CONCAT_(a, b)
#define TRY(expr)                                                                                        \
  do {                                                                                                   \
    if (auto try_result_ = (expr); !try_result_) return std::unexpected(std::move(try_result_).error()); \
  } while (false)
#define TRY_ASSIGN(name, expr)                                                                                    \
  auto SEKISHO_CONCAT(try_, __LINE__) = (expr);                                                                   \
  if (!SEKISHO_CONCAT(try_, __LINE__)) return std::unexpected(std::move(SEKISHO_CONCAT(try_, __LINE__)).error()); \
  auto name = std::move(*SEKISHO_CONCAT(try_, __LINE__))
