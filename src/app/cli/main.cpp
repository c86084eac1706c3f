#include <leaven/cli/run.hpp>
#include <leaven/pipeline/registry.hpp>

int main(int argc, char** argv) { return leaven::cli::run(leaven::pipeline::registry(), {argv + 1, argv + argc}); }
