# The human door; Meson does the work.
.PHONY: all quickstart test check docs bench shots fuzz clean
all:
	@[ -f build/build.ninja ] || meson setup build --buildtype=release -Dtests=false
	@ninja -C build
quickstart: ; @./quickstart
test: ; @./run-tests
# The quick gates alone: rooms and tidy.
check: ; @python3 tools/rooms.py && python3 tools/tidy.py
# The reference pages, from the tables.
docs: all ; @ninja -C build tools/attest-reference && build/tools/attest-reference docs
bench: ; @bench/run
# The pictures of docs/web.md.
shots: all ; @ninja -C build tests/sign_in && PICTURES=docs/screenshots tests/browser/web.sh build/attest build/tests/sign_in shots
fuzz: ; @tools/fuzz.sh $(TARGET)
clean: ; rm -rf build build-*
