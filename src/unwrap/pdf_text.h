// The text of a PDF, as pdftotext (poppler-utils) reads it in a jail of its own: a child with an empty environment, no
// descriptor but the file, a pipe and /dev/null, no network, no new processes, no file that it could write, bounded
// memory and processor time, and a deadline. What it says is text of a stranger and nothing else.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::unwrap {

struct PdfTextOptions {
  std::string program = "/usr/bin/pdftotext";
  std::chrono::milliseconds deadline{10'000};  // from start to the last byte
  size_t pdf_bytes = 64u << 20;                // more is refused
  size_t text_bytes = 4u << 20;                // more ends the child: "pdf.text.limit"
  size_t memory_bytes = 512u << 20;            // address space of the child
};

// UTF-8, pages parted by form feeds. Blocks until the child has ended; any number of threads may call it at once.
// Errors: "pdf.text.missing" (the program is not installed), "pdf.text.bytes", "pdf.text.limit", "pdf.text.timeout",
// "pdf.text.encrypted", "pdf.text.broken" (the file is no PDF that the program reads, or it died over it),
// "pdf.text.jail" (the kernel refused a lock: nothing was run).
Result<std::string> pdf_text(std::string_view pdf, const PdfTextOptions& options = {});

}  // namespace sekisho::unwrap
