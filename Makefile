# The front: each target installs what is missing (packaging/packages.txt), builds and runs. Safe to repeat; quick the second time.
# Needs: Debian 12, make, root or sudo.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
.PHONY: run test bench conformance soak format check packages clean

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
DATA ?= $(or $(SEKISHO_DATA),$(wildcard ../shared/data))
PACKAGES := $(shell grep -v '^\#' packaging/packages.txt)
UNPACKED := build/data

packages:
	@mkdir -p build
	@dpkg-query -W -f='$${db:Status-Status} $${Package}\n' $(PACKAGES) 2>/dev/null | sed -n 's/^installed //p' | sort -u >build/.installed || true
	@missing=$$(printf '%s\n' $(PACKAGES) | sort -u | comm -23 - build/.installed | tr '\n' ' '); \
	if [ -n "$$missing" ]; then echo "installing: $$missing"; $(SUDO) apt-get update -q; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; fi

build/%/build.ninja: CMakeLists.txt CMakePresets.json $(wildcard cmake/*.cmake) packaging/packages.txt | packages
	cmake --preset $* >/dev/null

# The main job on the bundled samples, with the defaults inside the binary.
run: packages build/release/build.ninja
	cmake --build --preset release --target sekisho -- --quiet
	@echo; echo '$$ build/release/sekisho scan --settings content/samples/mail/sekisho.toml content/samples/mail/attack'
	@build/release/sekisho scan --settings content/samples/mail/sekisho.toml content/samples/mail/attack || [ $$? = 1 ]  # 1: found
	@echo; echo '$$ build/release/sekisho scan --settings content/samples/mail/sekisho.toml content/samples/mail/honest'
	@build/release/sekisho scan --settings content/samples/mail/sekisho.toml content/samples/mail/honest || [ $$? = 1 ]  # a few wear a banner

	@echo; echo '$$ build/release/sekisho advise --settings content/samples/mail/sekisho.toml --out build/desk --hunt content/samples/mail content/samples/news/vault-maintenance.ja.txt'
	@rm -rf build/desk; build/release/sekisho advise --settings content/samples/mail/sekisho.toml --out build/desk --hunt content/samples/mail content/samples/news/vault-maintenance.ja.txt || [ $$? = 1 ]
	@cd build/desk && find . -type f | sort | sed 's/^/  /'; cat */notices/*.ja.txt

# Conformance data is unpacked once per change of its archives; without the archives those tests say so and are skipped.
$(UNPACKED)/.done: $(wildcard $(DATA)/*.tar.zst)
	@mkdir -p $(UNPACKED)
	@if [ -x "$(DATA)/unpack" ]; then "$(DATA)/unpack" $(UNPACKED); elif [ -n "$(DATA)" ] && [ -d "$(DATA)/mail-dev" ]; then ln -sfn "$(abspath $(DATA))"/* $(UNPACKED)/; fi
	@touch $@

test: packages build/dev/build.ninja $(UNPACKED)/.done
	cmake --build --preset dev -- --quiet
	SEKISHO_DATA=$(abspath $(UNPACKED)) ctest --preset dev -j2
	@ls -d $(UNPACKED)/mail-dev >/dev/null 2>&1 || echo "conformance: skipped: no data"

# Figures, one a line: name  value unit
bench: packages build/release/build.ninja $(UNPACKED)/.done
	cmake --build --preset release --target benches sekisho -- --quiet
	@for b in build/release/bench/*_bench; do SEKISHO_DATA=$(abspath $(UNPACKED)) $$b; done

# Figures, one a line: name  passed/total
conformance: packages build/release/build.ninja $(UNPACKED)/.done
	cmake --build --preset release --target conformance -- --quiet
	@for c in build/release/tests/*_conformance; do SEKISHO_DATA=$(abspath $(UNPACKED)) $$c; done

# What takes long: each fuzzer for SOAK seconds (an hour in all by default). Writes a dated log.
SOAK ?= 600
soak: packages build/fuzz/build.ninja
	cmake --build --preset fuzz --target fuzzers -- --quiet
	@mkdir -p build/soak; log=build/soak/$$(date -u +%Y-%m-%dT%H%M%SZ).log; tools/fuzz $(SOAK) | tee $$log

format: packages
	@git ls-files '*.cc' '*.h' | xargs clang-format-19 -i

# What CI checks beyond tests: format, floors, the table of src/.
check: packages
	@git ls-files '*.cc' '*.h' | xargs clang-format-19 --dry-run --Werror
	@tools/check_floors
	@tools/check_tree

clean:
	rm -rf build
