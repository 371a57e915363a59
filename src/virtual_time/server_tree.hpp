#pragma once
// Which of many servers is free first. Leaves hold keys (free at, server); every inner node the
// smaller of its two; so a change costs one comparison a level, without a branch to mispredict.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace double11::virtual_time {

class ServerTree {
 public:
  /// 1 or more servers, free at 0.
  explicit ServerTree(std::uint64_t servers)
      : servers_(servers),
        bits_(bits_for(servers)),
        leaves_(std::size_t{1} << bits_),
        keys_(2 * leaves_, UINT64_MAX) {
    assign({});
  }

  /// Some servers, at most all, are busy until the instants `until`, the others free since 0.
  void assign(std::span<const std::int64_t> until) {
    for (std::size_t i = 0; i < servers_; ++i) {
      const std::int64_t instant = i < until.size() ? until[i] : 0;
      keys_[leaves_ + i] = (static_cast<std::uint64_t>(instant) << bits_) | i;
    }
    for (std::size_t i = leaves_; i-- > 1;) keys_[i] = std::min(keys_[2 * i], keys_[2 * i + 1]);
  }

  /// When each server is free.
  void free_times(std::vector<std::int64_t>& into) const {
    into.resize(servers_);
    for (std::size_t i = 0; i < servers_; ++i) {
      into[i] = static_cast<std::int64_t>(keys_[leaves_ + i] >> bits_);
    }
  }

  /// Latest instant that a key can hold.
  [[nodiscard]] static std::int64_t latest(std::uint64_t servers) {
    return static_cast<std::int64_t>((UINT64_MAX >> 1U) >> bits_for(servers));
  }

  /// When the first server is free.
  [[nodiscard]] std::int64_t first_free() const {
    return static_cast<std::int64_t>(keys_[1] >> bits_);
  }

  /// That server is busy until `until`, from 0 to latest(); returns when the first one is free
  /// then.
  std::int64_t occupy_first(std::int64_t until) {
    const std::uint64_t server = keys_[1] & (leaves_ - 1);
    std::uint64_t key = (static_cast<std::uint64_t>(until) << bits_) | server;
    std::uint64_t* const keys = keys_.data();
    for (std::size_t at = leaves_ + server; at > 1; at >>= 1U) {
      keys[at] = key;
      key = std::min(key, keys[at ^ 1U]);
    }
    keys[1] = key;
    return first_free();
  }

 private:
  static unsigned bits_for(std::uint64_t servers) {
    return static_cast<unsigned>(std::bit_width(servers - 1));
  }

  std::size_t servers_;
  unsigned bits_;
  std::size_t leaves_;
  std::vector<std::uint64_t> keys_;
};

}  // namespace double11::virtual_time
