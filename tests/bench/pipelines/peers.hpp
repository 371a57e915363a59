#pragma once
// The pipelines that the product's is measured against, each as a competent user of the library
// would build it. Every one pushes all orders of the shop through its stages with `threads` threads
// and adds up what they counted.

#include <double11/measure/run_record.hpp>

#include <cstdint>

#include "bench/pipelines/shop.hpp"

namespace double11::bench {

using Peer = void (*)(const scenario::Scenario& scenario, std::uint32_t threads,
                      measure::RunRecord& record);

/// No queue at all: each thread makes every so many-th slice and does all the rest in one loop, in
/// a world of its own. What the stages cost on this machine, and the limit of any pipeline of them.
void fused_loop(const scenario::Scenario& scenario, std::uint32_t threads,
                measure::RunRecord& record);

/// oneTBB parallel_pipeline, a slice of orders at a time.
void tbb_pipeline(const scenario::Scenario& scenario, std::uint32_t threads,
                  measure::RunRecord& record);

/// Boost.Asio thread_pool: each order is posted from stage to stage.
void asio_posts(const scenario::Scenario& scenario, std::uint32_t threads,
                measure::RunRecord& record);
/// The same with a strand for each stage, which then needs no state by thread.
void asio_strands(const scenario::Scenario& scenario, std::uint32_t threads,
                  measure::RunRecord& record);

/// Bounded queues of a mutex and two condition variables between four threads that have a stage
/// each, however many `threads` there may be.
void mutex_queues(const scenario::Scenario& scenario, std::uint32_t threads,
                  measure::RunRecord& record);

/// moodycamel::ConcurrentQueue between the stages, order by order, without tokens; all threads take
/// from all queues.
void single_enqueues(const scenario::Scenario& scenario, std::uint32_t threads,
                     measure::RunRecord& record);

}  // namespace double11::bench
