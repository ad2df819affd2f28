// The one binary: sekisho SUBCOMMAND. Everything is in cli/.
#include "cli/cli.h"

int main(int argc, char** argv) { return sekisho::cli::run(argc, argv); }
