// Takes all documents, gives who refers to whom. Entry: resolve(). Refuses references to nothing, with near names,
// circles, chains of more than kChain correlations, aliases with gaps, and filters of correlations.
#include "sigma/resolve.h"

#include <algorithm>
#include <optional>

#include "base/strings.h"

namespace sekisho::sigma {
namespace {

using Kind = Document::Kind;

std::string called(const Document& d) {
  return "\"" + printable(!d.name.empty() ? d.name : !d.title.empty() ? d.title : d.id) + "\"";
}

// Log sources say what a filter is for: each part it names, the rule must name too.
bool covers(const engine::LogSource& filter, const engine::LogSource& rule) {
  const auto fits = [](const std::string& a, const std::string& b) { return a.empty() || a == b; };
  return fits(filter.category, rule.category) && fits(filter.product, rule.product) &&
         fits(filter.service, rule.service);
}

class Resolver {
 public:
  Resolver(std::span<const Document> documents, std::span<const std::string> broken, std::span<const std::string> files)
      : documents_(documents), broken_(broken), files_(files) {}

  Links run() {
    out_.all.resize(documents_.size());
    for (uint32_t i = 0; i < documents_.size(); ++i) {
      out_.all[i].document = &documents_[i];
      note(documents_[i].id, i, false);
      note(documents_[i].name, i, true);
    }
    for (uint32_t i = 0; i < documents_.size(); ++i)
      if (documents_[i].kind == Kind::correlation) correlation(i);
      else if (documents_[i].kind == Kind::filter) filter(i);
    order();
    for (uint32_t i = 0; i < documents_.size(); ++i) out_.all[i].silent = read_[i] && !generated_[i];
    return std::move(out_);
  }

 private:
  void error(uint32_t document, std::string code, std::string text, Span at, std::string hint = {}) {
    out_.all[document].good = false;
    out_.errors.push_back(
        {std::move(code), std::move(text), files_[documents_[document].file], at, std::move(hint), {}});
  }
  void warning(uint32_t document, std::string code, std::string text, Span at, std::string hint = {}) {
    out_.warnings.push_back(
        {std::move(code), std::move(text), files_[documents_[document].file], at, std::move(hint), {}});
  }

  void note(const std::string& key, uint32_t document, bool name) {
    if (key.empty() || documents_[document].kind == Kind::filter) return;
    const auto [place, fresh] = by_key_.emplace(key, document);
    if (!fresh && place->second != document)
      warning(document, "sigma.field",
              std::string("this ") + (name ? "name" : "id") + " is also that of " + called(documents_[place->second]),
              documents_[document].title_span, "references to \"" + printable(key) + "\" mean the other one");
  }

  std::string near(const std::string& text) {
    if (++hints_ > kMostErrors) return {};
    std::vector<std::string_view> names;
    for (const auto& [key, document] : by_key_)
      if (names.size() < 5000) names.push_back(key);
    std::sort(names.begin(), names.end());
    return near_names(text, names);
  }

  std::optional<uint32_t> find(const Reference& reference) const {
    const auto found = by_key_.find(reference.text);
    return found == by_key_.end() ? std::nullopt : std::optional(found->second);
  }
  std::string why_not(const Reference& reference) const {
    return std::find(broken_.begin(), broken_.end(), reference.text) != broken_.end()
               ? "\"" + printable(reference.text) + "\" has mistakes of its own"
               : "no rule has the id or name \"" + printable(reference.text) + "\"";
  }

  void correlation(uint32_t id) {
    const Correlation& c = documents_[id].correlation;
    Linked& me = out_.all[id];
    for (const Reference& reference : c.rules) {
      const std::optional<uint32_t> part = find(reference);
      if (!part) {
        error(id, "sigma.correlation", why_not(reference), reference.span, near(reference.text));
        continue;
      }
      if (std::find(me.parts.begin(), me.parts.end(), *part) != me.parts.end()) {
        error(id, "sigma.correlation", "this is " + called(documents_[*part]) + " again", reference.span);
        continue;
      }
      me.parts.push_back(*part);
      read_[*part] = true;
      if (c.generate) generated_[*part] = true;
    }
    for (const Correlation::Alias& alias : c.aliases) {
      for (const auto& [rule, field] : alias.fields)
        if (std::none_of(me.parts.begin(), me.parts.end(),
                         [&](uint32_t p) { return answers_to(documents_[p], rule.text); }))
          error(id, "sigma.correlation", "\"" + printable(rule.text) + "\" is none of this correlation's rules",
                rule.span, near_rules(me, rule.text));
    }
    for (const auto* keys : {&c.group_by, &c.fields})
      for (const Reference& key : *keys)
        for (const uint32_t part : me.parts) {
          if (field_of(c, key.text, documents_[part]) != nullptr) continue;
          error(id, "sigma.correlation",
                "the alias \"" + printable(key.text) + "\" names no field of " + called(documents_[part]), key.span,
                "an alias needs a field for each rule");
        }
  }

  std::string near_rules(const Linked& linked, const std::string& text) const {
    std::vector<std::string_view> names;
    for (const uint32_t part : linked.parts)
      for (const std::string* s : {&documents_[part].name, &documents_[part].id})
        if (!s->empty()) names.push_back(*s);
    return near_names(text, names);
  }

  void filter(uint32_t id) {
    const Document& me = documents_[id];
    const auto attach = [&](uint32_t rule) { out_.all[rule].filters.push_back(id); };
    if (me.every_rule) {
      for (uint32_t i = 0; i < documents_.size(); ++i)
        if (documents_[i].kind == Kind::rule && covers(me.logsource, documents_[i].logsource)) attach(i);
      return;
    }
    for (const Reference& reference : me.targets) {
      const std::optional<uint32_t> rule = find(reference);
      if (!rule) {
        // A filter may be written for more rules than are loaded.
        warning(id, "sigma.filter", why_not(reference), reference.span, near(reference.text));
      } else if (documents_[*rule].kind != Kind::rule) {
        error(id, "sigma.filter", called(documents_[*rule]) + " is a correlation: filters are for rules",
              reference.span, "name the rules it is made of");
      } else if (!covers(me.logsource, documents_[*rule].logsource)) {
        warning(id, "sigma.filter", called(documents_[*rule]) + " has another logsource: the filter does not touch it",
                reference.span);
      } else {
        attach(*rule);
      }
    }
  }

  // Circles and long chains; mistakes below make what stands above useless; fields that are handed up a chain.
  void order() {
    std::vector<size_t> height(documents_.size(),
                               0);  // 0: not known yet; rules are 1, correlations one more than parts
    std::vector<uint32_t> open;
    for (uint32_t i = 0; i < documents_.size(); ++i)
      if (documents_[i].kind == Kind::correlation) {
        open.push_back(i);
      } else {
        height[i] = 1;
        if (documents_[i].kind == Kind::rule) out_.order.push_back(i);
      }
    bool moved = true;
    for (size_t round = 0; moved && round < 2 * kChain; ++round) {
      moved = false;
      std::erase_if(open, [&](uint32_t id) {
        size_t highest = 0;
        for (const uint32_t part : out_.all[id].parts) {
          if (height[part] == 0) return false;
          highest = std::max(highest, height[part]);
        }
        height[id] = highest + 1;
        if (highest > kChain)
          error(id, "sigma.correlation", "a chain of more than " + std::to_string(kChain) + " correlations",
                documents_[id].correlation.span);
        for (const uint32_t part : out_.all[id].parts) ask(id, part);
        out_.order.push_back(id);
        return moved = true;
      });
    }
    for (const uint32_t id : open)
      error(id, "sigma.correlation", "this correlation reads itself, or a chain that is too long",
            documents_[id].correlation.span);
  }

  // What `id` reads of `part`, if that is a correlation, must be in its group-by, or handed up beside it.
  void ask(uint32_t id, uint32_t part) {
    if (documents_[part].kind != Kind::correlation) return;
    const Correlation& above = documents_[id].correlation;
    const Correlation& below = documents_[part].correlation;
    for (const auto* keys : {&above.group_by, &above.fields})
      for (const Reference& key : *keys) {
        const std::string* const field = field_of(above, key.text, documents_[part]);
        const auto same = [&](const Reference& r) { return field == nullptr || r.text == *field; };
        if (field == nullptr || std::any_of(below.group_by.begin(), below.group_by.end(), same)) continue;
        const auto& parts = out_.all[part].parts;
        if (std::any_of(parts.begin(), parts.end(), [&](uint32_t p) { return documents_[p].kind != Kind::rule; })) {
          error(id, "sigma.correlation", called(documents_[part]) + " has no field \"" + printable(*field) + "\"",
                key.span, "add it to its group-by");
          continue;
        }
        warning(
            id, "sigma.correlation",
            called(documents_[part]) + " does not group by \"" + printable(*field) + "\": its first event's is read",
            key.span, "add it to its group-by");
        auto& extras = out_.all[part].extras;
        if (std::find(extras.begin(), extras.end(), *field) == extras.end()) extras.push_back(*field);
      }
  }

  const std::span<const Document> documents_;
  const std::span<const std::string> broken_;
  const std::span<const std::string> files_;
  StringMap<uint32_t> by_key_;
  std::vector<bool> read_ = std::vector<bool>(documents_.size()), generated_ = std::vector<bool>(documents_.size());
  size_t hints_ = 0;  // near names cost time
  Links out_;
};

}  // namespace

const std::string* field_of(const Correlation& correlation, const std::string& key, const Document& part) {
  for (const Correlation::Alias& alias : correlation.aliases) {
    if (alias.name != key) continue;
    for (const auto& [rule, field] : alias.fields)
      if (answers_to(part, rule.text)) return &field;
    return nullptr;
  }
  return &key;
}

Links resolve(std::span<const Document> documents, std::span<const std::string> broken,
              std::span<const std::string> files) {
  return Resolver(documents, broken, files).run();
}

}  // namespace sekisho::sigma
