// What a Correlator holds; correlate.cc runs it, state_file.cc writes it down. Inside engine/ only.
#pragma once

#include "engine/correlate.h"
#include "engine/queue.h"
#include "engine/suppress.h"
#include "engine/watch.h"

namespace sekisho::engine {

struct Correlator::State {
  State(const Engine& rules, CorrelatorOptions settings, std::function<void(Detection&&)> out);

  void add(Matched& matched, size_t event, size_t rows, size_t detections);
  void release(bool all);
  void arrive(Pending event);
  void pass(int64_t time, Phase phase);            // all deadlines up to then
  void give(std::vector<Detection> found);         // of one moment
  void give_apart(std::vector<Detection>& found);  // of an event that takes no part
  void feed(const Detection& detection);           // to composite rules
  bool is_first(const Detection& detection);
  void load_tables();
  void keep_within_limits(int64_t now);

  const Engine& engine;
  const Plans& plans;
  CorrelatorOptions options;
  std::function<void(Detection&&)> sink;
  Queue queue;
  Watch watch;
  Suppressor suppressor;
  Scratch scratch;
  CorrelatorStatistics counts;  // what is not told by the parts
  CorrelatorStatistics shown;   // as last asked for
};

}  // namespace sekisho::engine
