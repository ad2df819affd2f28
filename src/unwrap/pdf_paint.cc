// Takes a content stream, gives the page's shapes as pixels. Entry: paint. Refuses nothing: operators that it does not
// know are passed over, and drawing ends at kMostCrossings.
#include "unwrap/pdf_paint.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace sekisho::unwrap {
namespace {

constexpr double kLongestSide = 1400;         // pixels of the picture
constexpr size_t kFewestShapes = 40;          // a code has more dark stretches
constexpr size_t kMostPoints = 400'000;       // of one path
constexpr size_t kMostCrossings = 6'000'000;  // of edges and rows, on one page
constexpr size_t kMostPainted = 40'000'000;   // pixels, each time that they are painted
constexpr size_t kMostStates = 64;            // saved graphics states

struct Point {
  double x, y;
};

struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  Point operator()(double x, double y) const { return {a * x + c * y + e, b * x + d * y + f}; }
};

// first, then then.
Matrix after(const Matrix& first, const Matrix& then) {
  return {first.a * then.a + first.b * then.c,          first.a * then.b + first.b * then.d,
          first.c * then.a + first.d * then.c,          first.c * then.b + first.d * then.d,
          first.e * then.a + first.f * then.c + then.e, first.e * then.b + first.f * then.d + then.f};
}

using Colour = std::array<uint8_t, 3>;

Colour colour_of(const std::vector<double>& v) {
  const auto byte = [](double x) { return static_cast<uint8_t>(std::clamp(x, 0.0, 1.0) * 255); };
  if (v.size() == 1) return {byte(v[0]), byte(v[0]), byte(v[0])};
  if (v.size() == 3) return {byte(v[0]), byte(v[1]), byte(v[2])};
  if (v.size() == 4)
    return {byte((1 - v[0]) * (1 - v[3])), byte((1 - v[1]) * (1 - v[3])), byte((1 - v[2]) * (1 - v[3]))};
  return {0, 0, 0};
}

struct State {
  Matrix matrix;
  Colour fill = {0, 0, 0}, stroke = {0, 0, 0};
  double width = 1;
};

class Painter {
 public:
  Painter(const std::array<double, 4>& box, double scale) {
    out_.width = static_cast<uint32_t>(std::ceil((box[2] - box[0]) * scale));
    out_.height = static_cast<uint32_t>(std::ceil((box[3] - box[1]) * scale));
    out_.channels = 3;
    out_.pixels.assign(size_t{out_.width} * out_.height * 3, 255);
    rows_.resize(out_.height);
    now_.matrix = {scale, 0, 0, -scale, -box[0] * scale, box[3] * scale};
  }

  void run(std::string_view s) {
    for (size_t i = 0; i < s.size() && crossings_ < kMostCrossings;) {
      const char c = s[i];
      if (std::strchr(" \t\r\n\f[]<>{}", c) != nullptr) {
        ++i;
      } else if (c == '%') {
        while (i < s.size() && s[i] != '\n' && s[i] != '\r') ++i;
      } else if (c == '(') {
        for (int depth = 0; i < s.size(); ++i) {
          if (s[i] == '\\') ++i;
          else if (s[i] == '(') ++depth;
          else if (s[i] == ')' && --depth == 0) break;
        }
        ++i;
      } else {
        const size_t begin = i++;
        while (i < s.size() && std::strchr(" \t\r\n\f[]<>{}()/%", s[i]) == nullptr) ++i;
        word(s.substr(begin, i - begin));
        if (s.substr(begin, i - begin) == "ID") {  // an image's bytes stand here
          const size_t end = s.find("EI", i);
          if (end == std::string_view::npos) return;
          i = end + 2;
        }
      }
    }
  }

  size_t shapes = 0;
  Raster take() { return std::move(out_); }

 private:
  void word(std::string_view w) {
    if (w[0] == '/') return;
    if (w[0] == '+') w.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(w.data(), w.data() + w.size(), number);
    if (error == std::errc() && end == w.data() + w.size() && std::isfinite(number)) {
      if (operands_.size() < 8) operands_.push_back(number);
      return;
    }
    act(w);
    operands_.clear();
  }

  void act(std::string_view op) {
    const std::vector<double>& v = operands_;
    const size_t n = v.size();
    if (op == "q") {
      if (saved_.size() < kMostStates) saved_.push_back(now_);
    } else if (op == "Q") {
      if (saved_.empty()) return;
      now_ = saved_.back();
      saved_.pop_back();
    } else if (op == "cm" && n == 6) {
      now_.matrix = after({v[0], v[1], v[2], v[3], v[4], v[5]}, now_.matrix);
    } else if (op == "re" && n == 4) {
      begin(v[0], v[1]);
      line(v[0] + v[2], v[1]), line(v[0] + v[2], v[1] + v[3]), line(v[0], v[1] + v[3]), line(v[0], v[1]);
    } else if (op == "m" && n == 2) {
      begin(v[0], v[1]);
    } else if ((op == "l" && n == 2) || (op == "c" && n == 6) || ((op == "v" || op == "y") && n == 4)) {
      line(v[n - 2], v[n - 1]);
    } else if (op == "w" && n == 1) {
      now_.width = v[0];
    } else if (op == "g" || op == "rg" || op == "k" || op == "sc" || op == "scn") {
      now_.fill = colour_of(v);
    } else if (op == "G" || op == "RG" || op == "K" || op == "SC" || op == "SCN") {
      now_.stroke = colour_of(v);
    } else if (op == "f" || op == "F" || op == "f*" || op == "B" || op == "B*" || op == "b" || op == "b*") {
      fill(op.ends_with('*'));
      clear();
    } else if (op == "S" || op == "s") {
      stroke();
      clear();
    } else if (op == "n") {
      clear();
    }
  }

  void begin(double x, double y) {
    if (++points_ < kMostPoints) path_.push_back({now_.matrix(x, y)});
  }
  void line(double x, double y) {
    if (!path_.empty() && ++points_ < kMostPoints) path_.back().push_back(now_.matrix(x, y));
  }
  void clear() {
    path_.clear();
    points_ = 0;
  }

  // Where an edge crosses the middles of rows.
  void edge(const Point& from, const Point& to) {
    if (!std::isfinite(from.x + from.y + to.x + to.y) || from.y == to.y) return;
    const bool down = from.y < to.y;
    const Point &top = down ? from : to, &bottom = down ? to : from;
    const double height = out_.height;
    const auto first = static_cast<int64_t>(std::ceil(std::clamp(top.y - 0.5, 0.0, height)));
    const auto last = static_cast<int64_t>(std::ceil(std::clamp(bottom.y - 0.5, 0.0, height)));
    const double slope = (bottom.x - top.x) / (bottom.y - top.y);
    for (int64_t y = first; y < last && crossings_ < kMostCrossings; ++y, ++crossings_) {
      const double x = top.x + (static_cast<double>(y) + 0.5 - top.y) * slope;
      std::vector<Crossing>& row = rows_[static_cast<size_t>(y)];
      if (row.empty()) touched_.push_back(static_cast<uint32_t>(y));
      row.push_back({static_cast<float>(std::clamp(x, -1.0, static_cast<double>(out_.width) + 1)), down ? 1 : -1});
    }
  }

  void pour(bool even_odd, const Colour& colour) {
    for (const uint32_t y : touched_) {
      std::vector<Crossing>& row = rows_[y];
      std::sort(row.begin(), row.end(), [](const Crossing& a, const Crossing& b) { return a.x < b.x; });
      int inside = 0;
      for (size_t i = 0; i + 1 < row.size(); ++i) {
        inside += even_odd ? 1 : row[i].turn;
        if (even_odd ? inside % 2 == 0 : inside == 0) continue;
        const auto from = static_cast<int64_t>(std::ceil(row[i].x - 0.5F)),
                   to = static_cast<int64_t>(std::ceil(row[i + 1].x - 0.5F));
        painted_ += static_cast<size_t>(std::max<int64_t>(0, to - from));
        if (painted_ > kMostPainted) crossings_ = kMostCrossings;  // the end
        for (int64_t x = std::max<int64_t>(0, from); x < std::min<int64_t>(to, out_.width); ++x)
          std::memcpy(out_.pixels.data() + (size_t{y} * out_.width + static_cast<size_t>(x)) * 3, colour.data(), 3);
      }
      row.clear();
    }
    touched_.clear();
  }

  void fill(bool even_odd) {
    for (const std::vector<Point>& piece : path_) {
      for (size_t i = 0; i < piece.size(); ++i) edge(piece[i], piece[(i + 1) % piece.size()]);
      ++shapes;
    }
    pour(even_odd, now_.fill);
  }

  // Each stretch as the rectangle that its width makes of it.
  void stroke() {
    const Matrix& m = now_.matrix;
    const double half = std::max(1.0, now_.width * std::sqrt(std::abs(m.a * m.d - m.b * m.c))) / 2;
    for (const std::vector<Point>& piece : path_)
      for (size_t i = 0; i + 1 < piece.size(); ++i) {
        const Point &p = piece[i], &q = piece[i + 1];
        const double length = std::hypot(q.x - p.x, q.y - p.y);
        if (!(length > 0)) continue;
        const double x = (q.y - p.y) / length * half, y = (p.x - q.x) / length * half;
        const Point corners[] = {{p.x + x, p.y + y}, {q.x + x, q.y + y}, {q.x - x, q.y - y}, {p.x - x, p.y - y}};
        for (size_t k = 0; k < 4; ++k) edge(corners[k], corners[(k + 1) % 4]);
        pour(false, now_.stroke);
        ++shapes;
      }
  }

  struct Crossing {
    float x;
    int turn;
  };
  Raster out_;
  State now_;
  std::vector<State> saved_;
  std::vector<double> operands_;
  std::vector<std::vector<Point>> path_;
  size_t points_ = 0, crossings_ = 0, painted_ = 0;
  std::vector<std::vector<Crossing>> rows_;
  std::vector<uint32_t> touched_;
};

}  // namespace

Raster paint(std::string_view content, const std::array<double, 4>& box) {
  const double width = box[2] - box[0], height = box[3] - box[1];
  if (!(width > 1 && height > 1 && width < 1e5 && height < 1e5)) return {};
  Painter painter(box, kLongestSide / std::max(width, height));
  painter.run(content);
  return painter.shapes < kFewestShapes ? Raster() : painter.take();
}

}  // namespace sekisho::unwrap
