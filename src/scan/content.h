// All content in memory: brands, lures, lists and rules, from the binary (defaults) or from folders, with the digest
// that a verdict names. Built once, all or nothing: an error in any file keeps the program from starting (or, on
// reload, keeps the old content). Then immutable.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "brand/brand.h"
#include "brand/judge.h"
#include "engine/engine.h"
#include "lure/lure.h"
#include "lure/model.h"
#include "memory/memory.h"
#include "net/host.h"
#include "scan/packs.h"
#include "scan/settings.h"
#include "yaral/yaral.h"

namespace sekisho::scan {

struct Lists {
  List shorteners, free_hosting, dynamic_dns, trackers, free_mail, risky_tlds, risky_extensions, document_extensions,
      program_extensions, archive_types, redirectors, tenant_domains;
};

// What a mail rule says of itself beyond its conditions, from meta and outcome (docs/rules.md).
struct MailRule {
  std::string name, file;
  std::string family;  // identity, authentication, link, lure, attachment, history, model, trust
  std::string description, description_ja, severity, author, technique;
  double points = 0;               // that constant: what its author gave
  bool computed = false;           // its $mail_weight is no constant: points count for each unit of it
  std::vector<std::string> facts;  // keys of additional.fields that it reads: its evidence when no noun is
};

struct Content {
  std::shared_ptr<const net::PublicSuffixes> suffixes;
  brand::Brands brands;
  std::unique_ptr<const brand::Judge> judge;  // looks into both
  brand::PlanModel plan;
  lure::Lures lures;
  Points points;
  lure::Model model;  // empty: nothing was learned
  Lists lists;
  std::vector<MailRule> rules;  // same order as in the engine
  std::unique_ptr<engine::Engine> engine;
  std::string digest;  // SHA-256 over all files, in path order
  // What is known of names; null: nothing is remembered. Opened by who makes the Scanner (open_memory).
  std::unique_ptr<memory::Memory> memory;

  // The suffix under which anybody could have got the host; "" for other hosts. A view into the host or the lists.
  std::string_view platform(std::string_view host) const;
};

struct LoadedContent {
  std::unique_ptr<Content> content;  // null when there are errors
  std::vector<Error> errors;
  std::vector<Error> warnings;  // what means nothing: points of no rule, aims that no rule reads
  std::vector<TextFile> files;  // all texts read, for diag::render (error.source names one)
  const TextFile* file(const std::string& name) const;
};

// names_only: brands, words and lists, as the judge of names wants them; no lures, no rules.
LoadedContent load_content(const Settings& settings, bool names_only = false);

// Opens settings.memory_directory, if there is one, into content.memory. Errors: those of memory::Memory::open.
Result<void> open_memory(const Settings& settings, memory::Memory::Wanted wanted, Content& content);

// The files of the content: from settings.content_directory, or the bundled ones; plus settings.rule_directories.
Result<std::vector<TextFile>> content_files(const Settings& settings);

}  // namespace sekisho::scan
