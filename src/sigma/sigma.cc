// Takes files, gives plans and mistakes. Entry: compile(). A document with a mistake gives no plan, nor do correlations
// that read it; all others do.
#include "sigma/sigma.h"

#include <algorithm>

#include "base/strings.h"
#include "sigma/correlate.h"
#include "sigma/lower.h"
#include "sigma/resolve.h"

namespace sekisho::sigma {
namespace {

// By file and place, at most kMostErrors of one file.
std::vector<Error> sorted(std::vector<Error> errors, const std::vector<std::string>& files) {
  StringMap<size_t> place;
  for (size_t i = 0; i < files.size(); ++i) place.emplace(files[i], i);
  std::stable_sort(errors.begin(), errors.end(), [&](const Error& a, const Error& b) {
    const size_t left = place[a.source], right = place[b.source];
    return left != right ? left < right : a.span->offset < b.span->offset;
  });
  StringMap<size_t> count;
  std::erase_if(errors, [&](const Error& e) { return ++count[e.source] > kMostErrors; });
  return errors;
}

void move_into(std::vector<Error>& to, std::vector<Error>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Compiled compile(std::span<const Source> files, const Options& options, const Limits& limits) {
  Compiled out;
  std::vector<std::string> names, broken;
  std::vector<Document> documents;
  for (const Source& source : files) {
    names.push_back(source.name);
    Documents read = read_documents(source.text, source.name, static_cast<uint32_t>(names.size() - 1), limits);
    out.documents += read.documents.size() + read.failed;
    std::move(read.documents.begin(), read.documents.end(), std::back_inserter(documents));
    std::move(read.broken.begin(), read.broken.end(), std::back_inserter(broken));
    move_into(out.errors, std::move(read.errors));
    move_into(out.warnings, std::move(read.warnings));
  }
  Links links = resolve(documents, broken, names);
  move_into(out.errors, std::move(links.errors));
  move_into(out.warnings, std::move(links.warnings));

  Lowering how{names, {}, &out.errors, &out.warnings};
  if (options.lists != nullptr)
    how.lists = [lists = options.lists](std::string_view name) {
      const auto found = lists->find(name);
      return found == lists->end() ? nullptr : &found->second;
    };
  for (size_t id = 0; id < documents.size(); ++id)
    if (documents[id].kind == Document::Kind::filter) links.all[id].good &= check_filter(documents[id], how);
  for (Linked& linked : links.all) std::erase_if(linked.filters, [&](uint32_t f) { return !links.all[f].good; });
  std::vector<engine::Rule> plans(documents.size());
  for (const uint32_t id : links.order) {
    Linked& linked = links.all[id];
    const Document& document = documents[id];
    const size_t before = out.errors.size();
    if (document.kind == Document::Kind::rule) {
      std::vector<const Document*> filters;
      for (const uint32_t f : linked.filters) filters.push_back(&documents[f]);
      plans[id] = lower_rule(document, filters, how);
    } else {
      if (!linked.good) continue;
      for (size_t i = 0; i < linked.parts.size(); ++i)
        if (!links.all[linked.parts[i]].good)
          out.errors.push_back({"sigma.correlation",
                                "this rule has mistakes of its own",
                                names[document.file],
                                document.correlation.rules[i].span,
                                {},
                                {}});
      linked.good = out.errors.size() == before;
      if (!linked.good) continue;
      plans[id] = lower_correlation(links, id, how);
    }
    if (out.errors.size() > before) linked.good = false;
  }
  for (size_t id = 0; id < documents.size(); ++id) {
    if (!links.all[id].good || documents[id].kind == Document::Kind::filter) continue;
    plans[id].silent = links.all[id].silent;
    out.rules.push_back(std::move(plans[id]));
  }
  out.errors = sorted(std::move(out.errors), names);
  out.warnings = sorted(std::move(out.warnings), names);
  return out;
}

Compiled compile(std::string_view text, std::string name, const Options& options, const Limits& limits) {
  const Source source{text, std::move(name)};
  return compile(std::span(&source, 1), options, limits);
}

}  // namespace sekisho::sigma
