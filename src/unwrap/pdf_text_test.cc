#include "unwrap/pdf_text.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

using namespace sekisho;
using namespace sekisho::unwrap;

namespace {

// One page with one line of text for each of `lines`.
std::string pdf_of(const std::vector<std::string>& lines) {
  std::string content = "BT /F1 12 Tf 50 780 Td 14 TL ";
  for (const std::string& line : lines) content += "(" + line + ") Tj T* ";
  content += "ET";
  const std::string objects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string out = "%PDF-1.4\n", table;
  int number = 0;
  for (const std::string& object : objects) {
    char row[32];
    std::snprintf(row, sizeof row, "%010zu 00000 n \n", out.size());
    table += row;
    out += std::to_string(++number) + " 0 obj\n" + object + "\nendobj\n";
  }
  const size_t at = out.size();
  return out + "xref\n0 6\n0000000000 65535 f \n" + table + "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" +
         std::to_string(at) + "\n%%EOF\n";
}

std::string code_of(const Result<std::string>& r) { return r ? "" : r.error().code; }

bool installed() { return access("/usr/bin/pdftotext", X_OK) == 0; }

}  // namespace

TEST_CASE("the text of a PDF is read") {
  if (!installed()) return;
  const auto text = pdf_text(pdf_of({"Sign in at courier-pay[.]example[.]com", "today."}));
  REQUIRE_MESSAGE(text, text.error().one_line());
  CHECK(text->starts_with("Sign in at courier-pay[.]example[.]com\ntoday."));
}

TEST_CASE("what is no PDF, takes too long or says too much is a stated error") {
  if (!installed()) return;
  CHECK(code_of(pdf_text("")) == "pdf.text.broken");
  CHECK(code_of(pdf_text("no PDF at all")) == "pdf.text.broken");
  CHECK(code_of(pdf_text("%PDF-1.4\n" + std::string(100'000, '['))) == "pdf.text.broken");
  PdfTextOptions options;
  options.text_bytes = 8;
  CHECK(code_of(pdf_text(pdf_of({"more than eight bytes of text"}), options)) == "pdf.text.limit");
  options = {};
  options.deadline = std::chrono::milliseconds(0);
  CHECK(code_of(pdf_text(pdf_of({"text"}), options)) == "pdf.text.timeout");
  options = {};
  options.pdf_bytes = 100;
  CHECK(code_of(pdf_text(pdf_of({"text"}), options)) == "pdf.text.bytes");
}

TEST_CASE("a missing program is said") {
  PdfTextOptions options;
  options.program = "/usr/bin/there-is-no-such-program";
  CHECK(code_of(pdf_text("%PDF-1.4", options)) == "pdf.text.missing");
}

TEST_CASE("the child has no environment and is given nothing but its input") {
  PdfTextOptions options;
  options.program = "/usr/bin/env";  // refuses the arguments: nothing of ours comes out
  CHECK(code_of(pdf_text("x", options)) == "pdf.text.broken");
  options.program = "/bin/echo";
  const auto said = pdf_text("x", options);
  REQUIRE(said);
  CHECK(*said == "-q -enc UTF-8 - -\n");
}

TEST_CASE("several threads read at once") {
  if (!installed()) return;
  std::vector<std::string> got(4);
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < got.size(); ++i)
      threads.emplace_back([&got, i] {
        const auto text = pdf_text(pdf_of({"number " + std::to_string(i)}));
        got[i] = text ? *text : text.error().one_line();
      });
  }
  for (size_t i = 0; i < got.size(); ++i) CHECK(got[i].starts_with("number " + std::to_string(i)));
}
