# The human door; Meson does the work.
.PHONY: all quickstart test check bench fuzz clean
all:
	@[ -f build/build.ninja ] || meson setup build --buildtype=release
	@ninja -C build
quickstart: ; @./quickstart
test: ; @./run-tests
# The quick gates alone: rooms and tidy.
check: ; @python3 tools/rooms.py && python3 tools/tidy.py
bench: ; @bench/run
fuzz: ; @tools/fuzz.sh $(TARGET)
clean: ; rm -rf build build-*
