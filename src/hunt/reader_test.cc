#include "hunt/reader.h"

#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/test_folder.h"
#include "hunt/input.h"

using namespace sekisho;
using namespace sekisho::hunt;

namespace {

struct Read {
  std::vector<std::string> texts;
  std::vector<uint64_t> lines, offsets;
  std::vector<std::string> problems;  // "line code"
  std::string error;                  // code
};

Read read(const std::string& path, size_t block = Reader::kBlock, Limits limits = {}) {
  Read out;
  auto input = Input::open(path);
  if (!input) return out.error = input.error().code, out;
  Reader reader(std::move(*input), 7, limits, block);
  for (Block b;;) {
    const auto more = reader.next(b);
    if (!more) return out.error = more.error().code, out;
    if (!*more) return out;
    CHECK((!b.records.empty() || !b.problems.empty()));
    for (const Record& r : b.records) {
      CHECK(r.begin + r.length + Reader::kPadding <= b.bytes.size());
      out.texts.emplace_back(b.text(r));
      out.lines.push_back(r.line);
      out.offsets.push_back(r.offset);
    }
    for (const Problem& p : b.problems) {
      CHECK(p.source == 7);
      out.problems.push_back(std::to_string(p.line) + " " + p.code);
    }
  }
}

using Texts = std::vector<std::string>;
using Numbers = std::vector<uint64_t>;

std::string gzip(std::string_view text) {
  std::string out(text.size() + 1000, '\0');
  z_stream z{};
  REQUIRE(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

std::string zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

}  // namespace

TEST_CASE("lines: blank lines, CRLF, a byte order mark and a last line without its end") {
  TestFolder folder;
  const std::string path = folder.write("a.ndjson", "\xef\xbb\xbf{\"a\":1}\r\n\r\n   \n {\"b\":2} \n{\"c\":3}");
  for (const size_t block : {1u, 2u, 3u, 7u, 64u, 4096u}) {
    CAPTURE(block);
    const Read r = read(path, block);
    CHECK(r.texts == Texts{"{\"a\":1}", "{\"b\":2}", "{\"c\":3}"});
    CHECK(r.lines == Numbers{1, 4, 5});
    CHECK(r.offsets == Numbers{3, 19, 28});
    CHECK(r.problems.empty());
    CHECK(r.error.empty());
  }
}

TEST_CASE("an offset finds the record again") {
  TestFolder folder;
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += "{\"number\": " + std::to_string(i * i) + "}\n" + std::string(static_cast<size_t>(i % 3), '\n');
  const std::string path = folder.write("a.ndjson", text);
  const Read r = read(path, 100);
  REQUIRE(r.texts.size() == 500);
  for (size_t i = 0; i < r.texts.size(); ++i) CHECK(read_again(path, r.offsets[i], r.texts[i].size()) == r.texts[i]);
  CHECK(read_again(path, text.size() - 2, 10).empty());
}

TEST_CASE("empty logs") {
  TestFolder folder;
  for (const std::string_view text : {"", "\n", " \r\n\t\n", "\xef\xbb\xbf", "\xef\xbb", "[]", "[ ]\n", "[][]"}) {
    CAPTURE(text);
    for (const size_t block : {1u, 4096u}) {
      const Read r = read(folder.write("a", text), block);
      CHECK(r.error.empty());
      CHECK(r.problems.empty());
      CHECK(r.texts.size() == (text == "\xef\xbb" ? 1 : 0));
    }
  }
}

TEST_CASE("a record over the limit is a problem and the next one is read") {
  TestFolder folder;
  Limits limits;
  limits.event_bytes = 20;
  const std::string fits(20, 'x'), over(21, 'y'), far(500, 'z');
  const std::string path = folder.write("a", over + "\n" + fits + "\n\n" + far + "\n" + fits + "\n" + far);
  for (const size_t block : {1u, 5u, 20u, 21u, 22u, 64u, 4096u}) {
    CAPTURE(block);
    const Read r = read(path, block, limits);
    CHECK(r.texts == Texts{fits, fits});
    CHECK(r.lines == Numbers{2, 5});
    CHECK(r.offsets == Numbers{22, 545});
    CHECK(r.problems == Texts{"1 hunt.limit.event", "4 hunt.limit.event", "6 hunt.limit.event"});
  }
  const std::string elements = folder.write("b", "[\"" + far + "\",\n1, {\"a\":\"" + far + "\"}, 2]");
  for (const size_t block : {1u, 5u, 20u, 64u, 4096u}) {
    CAPTURE(block);
    const Read r = read(elements, block, limits);
    CHECK(r.texts == Texts{"1", "2"});
    CHECK(r.problems == Texts{"1 hunt.limit.event", "2 hunt.limit.event"});
  }
}

TEST_CASE("arrays are read element by element") {
  TestFolder folder;
  const std::string path = folder.write(
      "a.json", "\n[ {\"a\": [1, {\"b\": \"]}\\\"\\\\\"}]},\n\n {\n\"c\": 2\n} ,3,\"x, [y]\", null]\n [{\"d\":4}]\n");
  for (const size_t block : {1u, 2u, 9u, 4096u}) {
    CAPTURE(block);
    const Read r = read(path, block);
    CHECK(r.texts ==
          Texts{"{\"a\": [1, {\"b\": \"]}\\\"\\\\\"}]}", "{\n\"c\": 2\n}", "3", "\"x, [y]\"", "null", "{\"d\":4}"});
    CHECK(r.lines == Numbers{2, 4, 6, 6, 6, 7});
    for (size_t i = 0; i < r.texts.size(); ++i) CHECK(read_again(path, r.offsets[i], r.texts[i].size()) == r.texts[i]);
    CHECK(r.problems.empty());
  }
}

TEST_CASE("damaged arrays: what can be read is read") {
  TestFolder folder;
  for (const size_t block : {1u, 4096u}) {
    CAPTURE(block);
    // Cut off.
    Read r = read(folder.write("a", "[{\"a\":1},\n{\"b\":"), block);
    CHECK(r.texts == Texts{"{\"a\":1}"});
    CHECK(r.problems == Texts{"2 hunt.array"});
    r = read(folder.write("a", "[1, 2"), block);
    CHECK(r.texts == Texts{"1", "2"});
    CHECK(r.problems == Texts{"1 hunt.array"});
    // Text behind it.
    r = read(folder.write("a", "[1]\nhello [2]\n[3]"), block);
    CHECK(r.texts == Texts{"1", "3"});
    CHECK(r.problems == Texts{"2 hunt.array"});
    // A string without its end takes no more than its line.
    r = read(folder.write("a", "[{\"a\":\"x},\n{\"b\":1}},{\"c\":1}]"), block);
    CHECK(r.texts.back() == "{\"c\":1}");
    CHECK(r.problems.empty());
  }
}

TEST_CASE("the object that an export puts around its events") {
  TestFolder folder;
  const std::string graph =
      "\xef\xbb\xbf{\n  \"@odata.context\": \"https://a.example/$metadata#signIns\",\n  \"@odata.count\": 2,\n"
      "  \"value\": [\n    {\"a\": [1, {\"b\": \"]}\\\"\"}]},\n    {\n\"c\": 2}\n  ],\n"
      "  \"@odata.nextLink\": \"https://a.example/?x=[{\"\n}\n";
  const std::string packed = folder.write("a.json.gz", gzip(graph)), plain = folder.write("a.json", graph);
  for (const size_t block : {1u, 2u, 9u, 4096u}) {
    CAPTURE(block);
    for (const std::string& path : {plain, packed}) {
      const Read r = read(path, block);
      CHECK(r.texts == Texts{"{\"a\": [1, {\"b\": \"]}\\\"\"}]}", "{\n\"c\": 2}"});
      CHECK(r.lines == Numbers{5, 6});
      for (size_t i = 0; i < r.texts.size(); ++i)
        CHECK(read_again(plain, r.offsets[i], r.texts[i].size()) == r.texts[i]);
      CHECK(r.problems.empty());
    }
    const auto texts = [&](std::string_view text) {
      const Read r = read(folder.write("b", text), block);
      CHECK(r.problems.empty());
      return r.texts;
    };
    CHECK(texts(R"({"Records":[{"a":1},{"b":2}]})") == Texts{"{\"a\":1}", "{\"b\":2}"});
    CHECK(texts(R"({"records":[{"a":1}]}{"records":[]} {"records":[{"b":2}]})") == Texts{"{\"a\":1}", "{\"b\":2}"});
    CHECK(texts(R"({"kind":"k","items":[{"a":1}],"nextPageToken":null,"etag":""})") == Texts{"{\"a\":1}"});
    CHECK(texts(R"({"events":[{"a":1}],"has_more":false,"total":1})") == Texts{"{\"a\":1}"});
    CHECK(texts("{\"value\":[]}").empty());
    // Events that only look so.
    for (const std::string_view event :
         {R"({"items":[{"a":1}],"user":"u"})", R"({"user":"u","items":[{"a":1}]})", R"({"items":["a"]})",
          R"({"items":[{"a":1},2]})", R"({"items":{"a":[{}]}})", R"({"items":"a"})", R"({"value":[{}],"records":[{}]})",
          R"({"Record":[{"a":1}]})", R"({"kind":"k"})", R"({"x":[{"a":1}]})", "{}", "{1", "{"})
      CHECK(texts(event) == Texts{std::string(event)});
    CHECK(texts("{\"a\":1}\n{\"items\":[{}]}\n") == Texts{"{\"a\":1}", "{\"items\":[{}]}"});
  }
}

TEST_CASE("an object around events: damage and limits") {
  TestFolder folder;
  Limits limits;
  limits.event_bytes = 30;
  for (const size_t block : {1u, 7u, 4096u}) {
    CAPTURE(block);
    // Longer than an event may be, so none; what its other members are is told too late.
    const std::string far(40, 'x');
    Read r = read(folder.write("a", "{\"items\":[{\"a\":1},\n{\"b\":\"" + far + "\"},{\"c\":1}],\"user\":1}\n"), block,
                  limits);
    CHECK(r.texts == Texts{"{\"a\":1}", "{\"c\":1}"});
    CHECK(r.problems == Texts{"2 hunt.limit.event", "2 hunt.array"});
    r = read(folder.write("a", "{\"kind\":\"" + far + "\",\"items\":[{\"a\":1}]}\n{}\n"), block, limits);
    CHECK(r.texts == Texts{"{}"});
    CHECK(r.problems == Texts{"1 hunt.limit.event"});
    // Cut off.
    r = read(folder.write("a", "{\"Records\":[{\"a\":1},\n{\"b\":"), block);
    CHECK(r.texts == Texts{"{\"a\":1}"});
    CHECK(r.problems == Texts{"2 hunt.array"});
    r = read(folder.write("a", "{\"Records\":[{\"a\":1}]"), block);
    CHECK(r.texts == Texts{"{\"a\":1}"});
    CHECK(r.problems == Texts{"1 hunt.array"});
    // Something else behind it.
    r = read(folder.write("a", "{\"Records\":[{\"a\":1}]}\n{\"b\":1}\nhello\n{\"Records\":[{\"c\":1}]}"), block);
    CHECK(r.texts == Texts{"{\"a\":1}", "{\"c\":1}"});
    CHECK(r.problems == Texts{"2 hunt.array", "3 hunt.array"});
    r = read(folder.write("a", "{\"Records\":[{\"a\":1}],\"kind\":\"x\n}\n{\"Records\":[{\"c\":1}]}"), block, limits);
    CHECK(r.texts.back() == "{\"c\":1}");
  }
  // Cut short while it is not yet clear what it is.
  std::string text = "{\"Records\":[";
  std::mt19937 random(1);
  for (int i = 0; i < 10'000; ++i) text += (i ? ",{\"n\":" : "{\"n\":") + std::to_string(random()) + "}";
  const std::string packed = gzip(text + "]}");
  const Read r = read(folder.write("packed", packed.substr(0, packed.size() / 2)));
  CHECK(r.error == "hunt.compressed");
  CHECK(r.texts.size() > 1000);
  for (const std::string& t : r.texts) REQUIRE(t.ends_with("}"));
}

TEST_CASE("UTF-16 is refused, with a hint") {
  TestFolder folder;
  for (const std::string_view mark : {"\xff\xfe", "\xfe\xff"}) {
    const std::string path = folder.write("a", std::string(mark) + std::string("{\0}\0\n\0", 6));
    CHECK(read(path).error == "hunt.encoding");
    CHECK(read(path, 1).error == "hunt.encoding");
  }
}

TEST_CASE("gzip and zstd, told by their first bytes") {
  TestFolder folder;
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "{\"n\":" + std::to_string(i) + "}\n";
  const Read plain = read(folder.write("plain", text));
  REQUIRE(plain.texts.size() == 20'000);
  const std::string half = text.substr(0, text.size() / 2), rest = text.substr(text.size() / 2);
  const std::string skippable = std::string("\x50\x2a\x4d\x18\x04\0\0\0abcd", 12);
  for (const std::string& packed : {gzip(text), zstd(text), gzip(half) + gzip(rest), zstd(half) + zstd(rest),
                                    gzip(text) + std::string(600, '\0'), skippable + zstd(text)}) {
    const Read r = read(folder.write("packed", packed));
    CHECK(r.error.empty());
    CHECK(r.texts == plain.texts);
    CHECK(r.lines == plain.lines);
    CHECK(r.offsets == plain.offsets);
  }
  CHECK(read(folder.write("packed", gzip(""))).error.empty());
  CHECK(read(folder.write("packed", zstd(""))).error.empty());
}

TEST_CASE("compressed data that is cut short or damaged gives what came before, and an error") {
  TestFolder folder;
  std::string text;
  std::mt19937 random(1);  // little to compress: the data is spread over the file
  for (int i = 0; i < 50'000; ++i) text += "{\"n\":" + std::to_string(random()) + "}\n";
  for (const std::string& packed : {gzip(text), zstd(text)}) {
    for (const size_t cut : {packed.size() - 1, packed.size() - 9, packed.size() / 2, size_t{5}}) {
      CAPTURE(cut);
      const Read r = read(folder.write("packed", packed.substr(0, cut)));
      CHECK(r.error == "hunt.compressed");
      CHECK(r.texts.size() <= 50'000);
      if (cut > 1000) CHECK(r.texts.size() > 1000);
      for (const std::string& t : r.texts) REQUIRE(t.ends_with("}"));
    }
    std::string damaged = packed;
    for (size_t i = packed.size() / 2; i < packed.size() / 2 + 40; ++i) damaged[i] = static_cast<char>(damaged[i] + 77);
    CHECK(read(folder.write("packed", damaged)).error == "hunt.compressed");
    CHECK(read(folder.write("packed", packed + "garbage")).error == "hunt.compressed");
  }
}

TEST_CASE("what cannot be opened") {
  TestFolder folder;
  CHECK(read(folder.path("nothing")).error == "io.read");
  CHECK(read(folder.path("")).error == "io.read");
  CHECK(read("/dev/zero").error == "io.read");
}

TEST_CASE("logs of a folder: sorted, by their endings, without hidden ones") {
  TestFolder folder;
  for (const char* name :
       {"b.ndjson", "a.json.gz", "c.log.ZST", "d.txt", ".hidden.json", "sub/e.jsonl", "sub/.f/g.json"})
    folder.write(name, "");
  std::vector<Error> errors;
  const auto found = log_files({folder.path(""), "-", folder.path("d.txt")}, errors);
  std::vector<std::string> names;
  for (const std::string& f : found) names.push_back(f == "-" ? f : std::filesystem::path(f).filename().string());
  CHECK(names == Texts{"a.json.gz", "b.ndjson", "c.log.ZST", "e.jsonl", "-", "d.txt"});
  CHECK(errors.empty());
  std::filesystem::create_directory(folder.path("empty"));
  CHECK(log_files({folder.path("empty")}, errors).empty());
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].code == "hunt.no_log");
}

TEST_CASE("any bytes: records never overlap, whatever the block size") {
  TestFolder folder;
  std::mt19937 random(7);
  constexpr std::string_view kPieces[] = {
      "[", "]", "{", "}", "\"", "\\", ",", "\n", " ", "a", "\r", "\xef\xbb\xbf", "1", "\"items\":[{", "}]}"};
  for (int round = 0; round < 300; ++round) {
    std::string text = round % 3 == 0 ? "[" : round % 3 == 1 ? "{\"items\":[" : "";
    for (int i = 0; i < 60; ++i) text += kPieces[random() % std::size(kPieces)];
    CAPTURE(text);
    const std::string path = folder.write("a", text);
    Limits limits;
    limits.event_bytes = 9;
    const Read whole = read(path, 4096, limits), bytes = read(path, 1, limits);
    CHECK(whole.texts == bytes.texts);
    CHECK(whole.lines == bytes.lines);
    CHECK(whole.offsets == bytes.offsets);
    CHECK(whole.problems == bytes.problems);
    uint64_t end = 0;
    for (size_t i = 0; i < whole.texts.size(); ++i) {
      CHECK(whole.offsets[i] >= end);
      end = whole.offsets[i] + whole.texts[i].size();
      CHECK(text.substr(whole.offsets[i], whole.texts[i].size()) == whole.texts[i]);
    }
  }
}
