#include "probes/gap_tracker.h"

#include <algorithm>

namespace interlock {

GapTracker::GapTracker(Moment start, WallTime wall_start) : start_(start), wall_start_(wall_start) {
  marks_.push_back(Mark{start, 0, std::nullopt, {}, false});
}

void GapTracker::record(const Attempt& attempt) {
  ++attempts_;
  if (attempt.failed) {
    record_failure(attempt);
  } else {
    record_success(attempt);
  }
}

void GapTracker::record_success(const Attempt& attempt) {
  ++successes_;
  last_latency_ = std::chrono::duration_cast<Micros>(attempt.finished - attempt.started);
  // Recorded so late that its neighbours are settled: their gap stays, rather too long than too short.
  if (attempt.finished <= marks_.front().at) return;
  const auto after = std::upper_bound(marks_.begin(), marks_.end(), attempt.finished,
                                      [](Moment at, const Mark& mark) { return at < mark.at; });
  Mark mark{attempt.finished, 0, std::nullopt, {}, false};
  if (after != marks_.end()) {
    // It splits a gap in two. Failures stay with the part that their first one lies in.
    Mark& before = *std::prev(after);
    if (before.failures > 0 && before.first_failure_at > mark.at) {
      std::swap(mark.failures, before.failures);
      std::swap(mark.first_failure, before.first_failure);
      std::swap(mark.first_failure_at, before.first_failure_at);
    }
  }
  marks_.insert(after, std::move(mark));
  if (marks_.size() > kUnsettled) settle_oldest();
}

void GapTracker::stall(Moment from, Moment to) {
  if (marks_.back().failures > 0 || successes_ == 0) return;
  from = std::max(from, marks_.back().at);
  if (to <= from) return;
  ++stalls_;
  last_stall_ = gap(Mark{}, from, to, false);
  marks_.push_back(Mark{from, 0, std::nullopt, {}, true});
  marks_.push_back(Mark{to, 0, std::nullopt, {}, false});
}

void GapTracker::settle_oldest() {
  Span span{marks_[0].at, marks_[1].at, std::move(marks_[0])};
  marks_.pop_front();
  if (span.mark.stalled) return;
  if (!longest_settled_ || span.to - span.from > longest_settled_->to - longest_settled_->from)
    longest_settled_ = std::move(span);
}

Moment GapTracker::end_of(std::size_t index, Moment now) const {
  return index + 1 < marks_.size() ? marks_[index + 1].at : std::max(now, marks_[index].at);
}

void GapTracker::blame(Mark& mark, const Attempt& attempt) {
  ++mark.failures;
  if (mark.first_failure && mark.first_failure_at <= attempt.finished) return;
  mark.first_failure = attempt.failed;
  mark.first_failure_at = attempt.finished;
}

// An attempt that hung through a gap ends long after it. It belongs to the longest gap that it overlaps.
void GapTracker::record_failure(const Attempt& attempt) {
  ++failures_;
  if (!first_failure_) first_failure_ = attempt.failed;
  Mark* best = nullptr;
  auto best_length = Moment::duration::min();
  const auto consider = [&](Mark& mark, Moment from, Moment to) {
    if (to < attempt.started || from > attempt.finished || to - from <= best_length) return;
    best = &mark;
    best_length = to - from;
  };
  if (longest_settled_) consider(longest_settled_->mark, longest_settled_->from, longest_settled_->to);
  for (std::size_t i = 0; i < marks_.size(); ++i)
    if (!marks_[i].stalled) consider(marks_[i], marks_[i].at, end_of(i, attempt.finished));
  if (best != nullptr) blame(*best, attempt);
}

Gap GapTracker::gap(const Mark& mark, Moment from, Moment to, bool open) const {
  const auto wall = [&](Moment at) {
    return wall_start_ + std::chrono::duration_cast<WallTime::duration>(at - start_);
  };
  Gap gap{std::chrono::duration_cast<Micros>(to - from), wall(from), std::nullopt, mark.failures, mark.first_failure};
  if (!open) gap.ended = wall(to);
  return gap;
}

GapSnapshot GapTracker::snapshot(Moment now) const {
  GapSnapshot snapshot;
  snapshot.attempts = attempts_;
  snapshot.failures = failures_;
  snapshot.first_failure = first_failure_;
  snapshot.last_latency = last_latency_;
  snapshot.stalls = stalls_;
  snapshot.last_stall = last_stall_;
  const std::size_t last = marks_.size() - 1;
  const Gap current = gap(marks_[last], marks_[last].at, end_of(last, now), true);
  snapshot.current = current.length;
  if (successes_ > 0) snapshot.last_success = current.started;
  snapshot.longest = current;
  if (longest_settled_) {
    Gap settled = gap(longest_settled_->mark, longest_settled_->from, longest_settled_->to, false);
    if (settled.length > snapshot.longest.length) snapshot.longest = std::move(settled);
  }
  for (std::size_t i = 0; i < last; ++i) {
    if (marks_[i].stalled) continue;
    Gap closed = gap(marks_[i], marks_[i].at, marks_[i + 1].at, false);
    if (closed.length > snapshot.longest.length) snapshot.longest = std::move(closed);
  }
  return snapshot;
}

}  // namespace interlock
