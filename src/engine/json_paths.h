// Which names of a JSON object a Program reads, as a trie for the event itself and one for the elements of each dim,
// and where in a text their values are. Built once for a Program, immutable then. Inside engine/ only.
//
// UDM: a path is the fields of the schema, each under both of its names (camelCase, snake_case); the last value that is
// not null counts. Lazy: an object is opened (walked over once, all its members that rules read noted) when something
// in it is first asked for. A path ends at the first repeated field; what follows (an index, a field of that element)
// is walked by hand. Raw: a dotted name; at each object a key that is all of what remains of it, or its first segment
// and then the rest; lists in between are entered, every value is noted. Not lazy: one name may be reached in several
// ways.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/program.h"
#include "event/json_line.h"

namespace sekisho::engine {

class JsonPaths {
 public:
  using Place = uint32_t;  // on the tape; 0 = none

  // Where a column, group or dim is found: the mark at which the value of its first `steps` steps is noted. kNone: a
  // raw name that stands for every leaf, or nothing to be found.
  struct Path {
    uint32_t mark = kNone;
    uint32_t steps = 0;
    uint32_t time = kNone;  // the mark of the Timestamp or Duration whose part it is: that may be written as a text
    uint32_t enumeration = kNone;
    bool plain = false;  // one mark leads to all of a column's values: no index, key, part of a time or dim of UDM
  };

  // What is known of one event, by mark.
  struct Notes {
    std::vector<Place> found;      // the first, or of UDM the last
    std::vector<uint32_t> opened;  // UDM: objects
    std::vector<uint32_t> noted;   // marks that are watched and have a place: the first `count`
    size_t count = 0;
    // Raw: further places of a mark, in order of the text.
    struct Hit {
      Place place;
      uint32_t next;  // index + 1; 0 = the last
    };
    struct Chain {
      uint32_t first = 0, last = 0;  // index + 1
    };
    std::vector<Hit> hits;
    std::vector<Chain> chains;
  };

  explicit JsonPaths(const Program& program);
  // Marks of the event that begin() is to put into Notes::noted; of raw fields it notes all.
  void watch(const std::vector<uint32_t>& marks);

  // A new event. Wrappers ({"udm": …}, {"idm": {"readOnlyUdm": …}}) are taken off `root`. false: UDM that is no object.
  bool begin(event::JsonValue& root, Notes& notes) const;
  // The place noted at a mark of the event.
  Place find(const event::JsonValue& root, Notes& notes, uint32_t mark) const {
    if (!raw_ && notes.found[objects_[owner_[mark]].flag] == 0) open(root, notes.found.data(), owner_[mark], &notes);
    return notes.found[mark];
  }
  // The same in an element of a dim. found: marks(dim) places, at first all 0.
  Place find(DimId dim, const event::JsonValue& element, Place* found, uint32_t mark) const {
    const uint32_t owner = owner_[tries_[dim].owners + mark];
    if (found[objects_[owner].flag] == 0) open(element, found, owner, nullptr);
    return found[mark];
  }

  uint32_t marks(DimId dim) const { return tries_[dim].marks; }
  const Path& column(uint32_t id) const { return columns_[id]; }
  const Path& group(uint32_t id) const { return groups_[id]; }
  const Path& dim(DimId id) const { return dims_[id]; }
  const KeyTable& enumeration(uint32_t id) const { return enumerations_[id]; }  // name → place in EnumType::values

 private:
  // A name as it is compared: length, first and last 8 bytes, and all of it where it is longer than both.
  struct Key {
    uint64_t head = 0, tail = 0;
    uint32_t size = 0;
    const char* text = nullptr;
  };
  struct Cell {
    uint64_t head = 0, tail = 0;
    uint32_t size = UINT32_MAX;  // UINT32_MAX: an empty cell
    uint32_t mark = 0;           // 0: nobody asks for the value itself
    uint32_t object = 0;         // raw: what is read below it; 0: nothing
    uint32_t watched = 0;        // UDM: 1 or 0
    const char* text = nullptr;
  };
  // An object of which members are read.
  struct Object {
    uint32_t cells = 0, mask = 0;  // its table: where in cells_, size - 1
    // UDM: the mark that says that it was opened, followed by those of its members; its own mark and the object it is
    // in.
    uint32_t flag = 0, members = 0, mark = 0, up = 0;
    std::vector<uint32_t> watched;  // objects in it that hold watched marks
  };
  struct Trie {
    uint32_t object = 0, marks = 1, owners = 0;
  };
  struct Growing;

  static Key key(const char* text, uint32_t size);
  static uint64_t hash(const Key& key) {
    return (key.head ^ (key.tail << 29 | key.tail >> 35)) * kMix + key.size * kMore;
  }
  const Cell& probe(const Object& object, const Key& key) const;
  void fill_table(uint32_t object, const StringMap<uint32_t>& children, const std::vector<uint32_t>& marks,
                  const std::vector<uint32_t>& objects);
  void grow_fields(DimId dim, const Program& program);
  void grow_names(const Program& program);
  void open(const event::JsonValue& root, Place* found, uint32_t object, Notes* notes) const;
  void walk_names(const Object& from, const event::JsonValue& object, Notes& notes) const;
  void enter(const Object& from, const event::JsonValue& value, Notes& notes) const;

  static constexpr uint64_t kMix = 0x9e37'79b9'7f4a'7c15u, kMore = 0xc2b2'ae3d'27d4'eb4fu;
  static constexpr size_t kDeepest = 80;  // levels of a trie: no JSON text is nested deeper

  bool raw_ = false;
  std::vector<Trie> tries_;      // by dim
  std::vector<Object> objects_;  // [0] is none; an object comes behind the one that it is in
  std::vector<uint32_t> owner_;  // by trie and mark: the object that it is a member of
  std::vector<Cell> cells_;
  std::deque<std::string> names_;
  std::vector<Path> columns_, groups_, dims_;
  std::vector<KeyTable> enumerations_;
  uint32_t wrappers_[3] = {};  // marks
};

}  // namespace sekisho::engine
