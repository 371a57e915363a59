#pragma once
// The strategies of inventory that keep the law of stock.

#include <string>
#include <vector>

namespace double11 {

inline const std::vector<std::string> kSafeStrategies{"owner_shard", "escrow", "shared_atomic",
                                                      "mutex"};
/// Of these, those that let any shard serve any SKU.
inline const std::vector<std::string> kSharedStrategies{"escrow", "shared_atomic", "mutex"};

}  // namespace double11
