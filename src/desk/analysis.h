// One article as the desk sees it: its sentences, and in each the words, indicators, brands and dates that stand there.
// Inside desk/: analysis.cc makes it; subjects.cc, statements.cc and judge.cc read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/indicators.h"
#include "brand/brand.h"
#include "desk/content.h"

namespace sekisho::desk {

struct BrandHit {
  brand::Index brand = 0;
  uint32_t at = 0, length = 0;  // bytes of Article::text
  bool bystander = false;       // speaks of the event, or carried it: neither played nor attacked
};

struct Sentence {
  uint32_t at = 0, length = 0;  // bytes of Article::text
  article::Passage::Kind passage = article::Passage::Kind::paragraph;
  uint32_t position = 0;                     // among the sentences of the body; the title's is 0
  std::vector<Word> words;                   // in order of place
  std::vector<article::Range> quotes;        // what stands in quotation marks, with them
  std::vector<uint32_t> indicators, brands;  // indexes of Analysis
  bool is_title = false;

  bool quoted(const Word& word) const;
};

struct Analysis {
  const article::Article* article = nullptr;
  std::vector<Sentence> sentences;
  std::vector<article::Indicator> indicators;
  std::vector<BrandHit> brands;
  std::vector<article::FoundDate> dates;

  std::string_view text(const Sentence& s) const { return std::string_view(article->text).substr(s.at, s.length); }
  bool has(const DeskContent& desk, const Sentence& s, Family family) const;
};

struct AnalysisContext {
  const DeskContent* desk = nullptr;
  const brand::Brands* brands = nullptr;
  const net::PublicSuffixes* suffixes = nullptr;
  std::vector<std::string> own_domains;
};
Analysis analyse(const article::Article& article, const AnalysisContext& context);

}  // namespace sekisho::desk
