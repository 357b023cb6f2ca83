// Where live progress is written to. Never blocks for long and never fails: a terminal that was stopped (Ctrl-S) or
// lost (its window closed) must not hold up a run. One thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace interlock {

class Sink {
 public:
  virtual ~Sink() = default;
  // `lasting` text is kept and written later when it cannot be written now; other text may be dropped as a whole,
  // which false tells.
  [[nodiscard]] virtual bool write(std::string_view text, bool lasting) = 0;
  [[nodiscard]] virtual std::size_t columns() const = 0;
};

// A file descriptor: terminal, pipe or file.
class DescriptorSink : public Sink {
 public:
  explicit DescriptorSink(int descriptor) : descriptor_(descriptor) {}
  ~DescriptorSink() override;  // makes a last attempt at what is pending
  DescriptorSink(const DescriptorSink&) = delete;
  DescriptorSink& operator=(const DescriptorSink&) = delete;
  [[nodiscard]] bool write(std::string_view text, bool lasting) override;
  [[nodiscard]] std::size_t columns() const override;  // of the terminal; 80 when it is none

 private:
  void flush(int patience_ms);
  const int descriptor_;
  std::string pending_;
  bool lost_ = false;
};

// Whether live progress can be drawn: a terminal that is not "dumb".
[[nodiscard]] bool can_redraw(int descriptor);
// https://no-color.org: any NO_COLOR that is not empty turns colours off.
[[nodiscard]] bool colours_allowed();

}  // namespace interlock
