// simulation --seed N | --seeds FIRST..LAST [--shard I/N]
//            [--steps N] [--orders N] [--trace] [--mutant NAME] [--ten-thousand]
//
// Runs seeds one after the other. A seed that breaks a rule is printed with what led there and how to run it
// again; the program then ends with 1.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <tuple>

#include "base/fault_point.hpp"
#include "base/text.hpp"
#include "simulation.hpp"

namespace fairway::simulation {
namespace {

struct Options {
    std::uint64_t first = 1;
    std::uint64_t last = 1;
    std::uint64_t shard = 0;
    std::uint64_t shards = 1;
    std::optional<int> steps{};
    std::optional<int> orders{};
    bool many = false;
    bool trace = false;
    std::string mutant{};
};

[[noreturn]] void refuse(const std::string& why) {
    std::cerr << "simulation: " << why << "\n"
              << "usage: simulation --seed N | --seeds FIRST..LAST [--shard I/N] [--steps N] [--orders N] "
                 "[--trace] [--mutant NAME] [--ten-thousand]\n";
    std::exit(2);
}

std::int64_t number(std::string_view text) {
    const auto value = parse_int(text);
    if (!value || *value < 0) refuse("\"" + std::string(text) + "\" is no number");
    return *value;
}

// "1..200", "0/4"
std::pair<std::int64_t, std::int64_t> pair(std::string_view text, std::string_view between) {
    const std::size_t at = text.find(between);
    if (at == std::string_view::npos) refuse("\"" + std::string(text) + "\" is not as it should be");
    return {number(text.substr(0, at)), number(text.substr(at + between.size()))};
}

Options read_options(const std::vector<std::string_view>& words) {
    Options options;
    std::size_t at = 0;
    const auto next = [&] {
        if (at >= words.size()) refuse(std::string(words.back()) + " is followed by something");
        return words[at++];
    };
    while (at < words.size()) {
        const std::string_view word = next();
        if (word == "--seed") options.first = options.last = static_cast<std::uint64_t>(number(next()));
        else if (word == "--seeds") std::tie(options.first, options.last) = pair(next(), "..");
        else if (word == "--shard") std::tie(options.shard, options.shards) = pair(next(), "/");
        else if (word == "--steps") options.steps = static_cast<int>(number(next()));
        else if (word == "--orders") options.orders = static_cast<int>(number(next()));
        else if (word == "--ten-thousand") options.many = true;
        else if (word == "--trace") options.trace = true;
        else if (word == "--mutant") options.mutant = next();
        else refuse("there is no " + std::string(word));
    }
    if (options.shards == 0) refuse("a shard is one of at least one");
    // The number of seeds that `./dev test --full` asks for.
    const char* seeds = std::getenv("FAIRWAY_SIMULATION_SEEDS");
    if (seeds != nullptr && options.last > options.first)
        options.last = options.first + static_cast<std::uint64_t>(number(seeds)) - 1;
    return options;
}

Shape shape_of(std::uint64_t seed, const Options& options) {
    Shape shape = options.many ? many_orders(seed, options.orders.value_or(10'000)) : draw_shape(seed);
    if (options.steps) shape.steps = *options.steps;
    if (options.orders) shape.orders = *options.orders;
    return shape;
}

void print_broken(const Broken& broken, const Shape& shape, const Trace& trace, const Options& options) {
    std::string again = "simulation --seed " + std::to_string(shape.seed);
    if (options.many) again += " --ten-thousand";
    if (options.steps) again += " --steps " + std::to_string(*options.steps);
    if (options.orders) again += " --orders " + std::to_string(*options.orders);
    if (!options.mutant.empty()) again += " --mutant " + options.mutant;
    std::cout << "\nthe last of what happened:\n";
    for (const std::string& line : trace.last()) std::cout << "  " << line << "\n";
    std::cout << "\nseed " << shape.seed << ", step " << broken.step << " of " << shape.steps << ": the rule "
              << broken.rule << " is broken\n  " << broken.complaint << "\nto see all of it: " << again
              << " --trace\n";
}

int run(const Options& options) {
    if (const Status armed = arm_mutant(options.mutant); !armed) refuse(armed.error().message);
    Figures sum;
    std::int64_t runs = 0;
    for (std::uint64_t seed = options.first; seed <= options.last; ++seed) {
        if (seed % options.shards != options.shard) continue;
        const Shape shape = shape_of(seed, options);
        // A broken CHECK ends the program at once: then this line is the last one.
        std::cout << "seed " << seed << std::endl;
        Trace trace(options.trace ? Trace::Loud::yes : Trace::Loud::no);
        Simulation simulation(shape, trace);
        if (const auto broken = simulation.run()) {
            print_broken(*broken, shape, trace, options);
            return 1;
        }
        ++runs;
        for (const auto& [name, count] : simulation.figures()) sum[name] += count;
        if (options.first == options.last) std::cout << "trace " << trace.digest() << "\n";
    }
    std::cout << runs << " seeds, no rule was broken; in all:\n";
    for (const auto& [name, count] : sum) std::cout << "  " << name << " " << count << "\n";
    return 0;
}

}  // namespace
}  // namespace fairway::simulation

int main(int argc, char** argv) {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    return fairway::simulation::run(fairway::simulation::read_options(words));
}
