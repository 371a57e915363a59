// Finding rows of the key table by path.
#include <double11/scenario/keys.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

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

std::optional<std::size_t> parse_index(std::string_view text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  // Longer than any list by far.
  const bool whole = error == std::errc() && end == text.data() + text.size() && text.size() <= 9;
  return whole ? std::optional(index) : std::nullopt;
}

std::optional<std::size_t> element_of(std::string_view path, const Scenario& scenario) {
  const std::size_t open = path.find('[');
  if (open == std::string_view::npos) return 0;
  const std::size_t close = path.find(']', open);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string list(path.substr(0, open));
  const Key* const key = find_key(list);
  if (key == nullptr || !key->size) return std::nullopt;
  const std::string_view text = path.substr(open + 1, close - open - 1);
  const std::size_t size = key->size(scenario);
  if (const auto index = parse_index(text)) {
    return *index < size ? index : std::nullopt;
  }
  const Key* const name = find_key(list + "[].name");
  for (std::size_t i = 0; name != nullptr && i < size; ++i) {
    if (name->get(scenario, i) == Value(std::string(text))) return i;
  }
  return std::nullopt;
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
