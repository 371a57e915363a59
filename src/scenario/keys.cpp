// Finding rows of the key table by path.
#include <double11/scenario/keys.hpp>

#include <algorithm>

namespace double11::scenario {
namespace {

// "a[12].b" and "a[].b" name the same row.
std::string without_indices(std::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) plain += c;
    if (c == '[') inside = true;
  }
  return plain;
}

// Levenshtein distance.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

const Key* find_key(std::string_view path) {
  const std::string plain = without_indices(path);
  const auto found =
      std::find_if(keys().begin(), keys().end(), [&](const Key& key) { return key.path == plain; });
  return found == keys().end() ? nullptr : &*found;
}

bool is_group(std::string_view path) {
  const std::string plain = without_indices(path) + ".";
  return std::any_of(keys().begin(), keys().end(),
                     [&](const Key& key) { return key.path.compare(0, plain.size(), plain) == 0; });
}

std::string nearest_path(std::string_view path) {
  const std::string plain = without_indices(path);
  // A third of the letters may be wrong before a suggestion is more noise than help.
  std::size_t best = std::max<std::size_t>(2, plain.size() / 3) + 1;
  std::string nearest;
  const auto consider = [&](std::string_view candidate) {
    const std::size_t distance = edits(plain, candidate);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  };
  for (const Key& key : keys()) {
    consider(key.path);
    for (auto dot = key.path.find('.'); dot != std::string::npos;
         dot = key.path.find('.', dot + 1)) {
      consider(std::string_view(key.path).substr(0, dot));
    }
  }
  return nearest;
}

}  // namespace double11::scenario
