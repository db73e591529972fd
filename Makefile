# gongwen: make, make test, make install PREFIX=/usr/local
#
# A filter is a folder: every .c in filters/NAME is linked into bin/NAME. What it
# needs beyond the core libraries stands in filters/NAME/libs, one pkg-config name
# a line, what it shares with another filter as files in filters/NAME/with; a folder
# filters/NAME/PART becomes a program of its own, bin/NAME-PART.

PREFIX  ?= /usr/local
B       := bin
CC      ?= cc
CFLAGS  ?= -O2 -g
LIBS_ICONV ?=   # -liconv for GNU libiconv; where it is belongs into CFLAGS and LDFLAGS
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wwrite-strings -Wpointer-arith
PC      := pkg-config
CORE    := msgpack libpcre2-8 libxxhash libmd
CORE_CF := $(shell $(PC) --cflags $(CORE) 2>/dev/null)
# no program knows where it was built
SOURCES := -ffile-prefix-map="$(CURDIR)"=.
CORE_LD := $(shell $(PC) --libs libpcre2-8 libxxhash libmd 2>/dev/null)

FILTERS := $(notdir $(patsubst %/,%,$(sort $(dir $(wildcard filters/*/*.c)))))
PARTS   := $(patsubst filters/%/,%,$(sort $(dir $(wildcard filters/*/*/*.c))))
LIB     := $(patsubst %.c,build/%.o,$(wildcard lib/*.c))
UNIT    := $(patsubst tests/unit/%.c,build/unit/%,$(wildcard tests/unit/*.c))
PROGS   := $(FILTERS:%=$(B)/%) $(addprefix $(B)/,$(subst /,-,$(PARTS)))

all: $(PROGS)

build/%.o: %.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(CFLAGS) $(SOURCES) $(WARN) $(CORE_CF) $(cf-$(word 2,$(subst /, ,$*))) -Ilib -MMD -MP -c -o $@ $<

build/libgongwen.a: $(LIB)
	@rm -f $@
	ar rcs $@ $^

# the packages of one program, and its link line
define program
cf-$(1) += $$(shell cat $(2)/libs 2>/dev/null | xargs -r $(PC) --cflags)
$(B)/$(3): $$(patsubst %.c,build/%.o,$$(wildcard $(2)/*.c) $$(shell cat $(2)/with 2>/dev/null)) build/libgongwen.a
	@mkdir -p $(B)
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(CORE_LD) $$(shell cat $(2)/libs 2>/dev/null | xargs -r $$(PC) --libs) $$(LIBS_ICONV) -lm
endef
$(foreach f,$(FILTERS),$(eval $(call program,$(f),filters/$(f),$(f))))
$(foreach p,$(PARTS),$(eval $(call program,$(firstword $(subst /, ,$(p))),filters/$(p),$(subst /,-,$(p)))))

build/unit/%: tests/unit/%.c build/libgongwen.a
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(CFLAGS) $(SOURCES) $(WARN) $(CORE_CF) -Ilib -MMD -MP -o $@ $< build/libgongwen.a $(CORE_LD) -lm

unit: $(UNIT)

test: all unit
	tests/run

# what goes where: scripts/install
install: all
	scripts/install --prefix "$(PREFIX)" --destdir "$(DESTDIR)"

uninstall:
	scripts/install --remove --prefix "$(PREFIX)" --destdir "$(DESTDIR)"

# a Debian package; a tree for machines without root or packages; an archive of the sources: all into build/
deb: all
	scripts/package deb

bundle: all
	@$(MAKE) -s B=build/bundle/bin LDFLAGS='-Wl,--disable-new-dtags,-rpath,\$$$$ORIGIN/../lib/gongwen' all
	scripts/package bundle

dist:
	scripts/package dist

# what clang-tidy and cppcheck find: .clang-tidy and .cppcheck say what they need not; F=FILES for some only. It takes
# minutes, so no test does it
F ?= $(wildcard lib/*.c filters/*/*.c filters/*/*/*.c)
tidy:
	cppcheck -q --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr \
		--suppress=missingIncludeSystem --suppressions-list=.cppcheck -Ilib $(F)
	@for f in $(F); do echo $$f; clang-tidy --quiet $$f -- -std=c11 -D_GNU_SOURCE $(WARN) $(CORE_CF) \
		$(shell cat filters/*/libs filters/*/*/libs | sort -u | xargs $(PC) --cflags) -Ilib || exit 1; done 2> /dev/null

# coverage-guided, ten minutes: scripts/fuzz -h
fuzz:
	scripts/fuzz

clean:
	rm -rf build bin

.PHONY: all unit test install uninstall deb bundle dist tidy fuzz clean
-include $(LIB:.o=.d) $(wildcard build/filters/*/*.d build/filters/*/*/*.d build/unit/*.d)
