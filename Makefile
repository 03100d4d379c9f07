# Kernel by Hand. `make` leaves ./labs-cli ready; `make demo`, `make test`, `make bench` do what they say.

SWIFT_BUILD = swift build -c release
BOOK = .build/release/labs-cli

.PHONY: all setup demo test fuzz laws stops same-bytes bench handout format clean

all: setup
	$(SWIFT_BUILD) --product labs-cli
	$(SWIFT_BUILD) --product labs-workshop
	$(SWIFT_BUILD) --product sandbox-shim
	@rm -f .build/release/libLabRunner.a  # an archive keeps the objects of files that are gone
	$(SWIFT_BUILD) --product LabRunner
	@ln -sf $(BOOK) labs-cli
	@echo "./labs-cli is ready: try ./labs-cli list"

# System packages that are missing, through apt, as root or with sudo.
setup:
	@scripts/setup

# Grades the sample submissions and prints the table; a students' copy has none, and lists its labs.
demo: all
ifneq ($(wildcard samples),)
	./labs-cli grade samples/submissions --out out/demo
else
	./labs-cli list
endif

# Everything, in the configuration in which it is used: tests and program share one build. With LAB=slug, the laws of that
# lab alone.
test: all
	$(SWIFT_BUILD) --build-tests
	$(if $(LAB),LABS_LAB=$(LAB)) swift test -c release --skip-build $(if $(LAB),--filter LabLawTests)

# How many random programs the explorer's search is compared on with brute force, and the seed that draws them.
FUZZ = 20000:7

fuzz:
	LABS_FUZZ=$(FUZZ) swift test -c release --filter FuzzTests

# The laws about all wrong solutions; the tests take a few of each lab. About half an hour. With LAB=slug, those of that lab.
laws: all
	$(SWIFT_BUILD) --build-tests
	$(if $(LAB),LABS_LAB=$(LAB)) LABS_LAWS=all swift test -c release --skip-build --filter LabLawTests

# Whether the same submissions give the same bytes, several times, on a busy machine. About ten minutes.
same-bytes: all
	scripts/same-bytes

# How often a run of the grader is stopped and killed while both processors are busy, and the seed that draws the moments.
STOPS = 300:100:7

stops: all
	LABS_STOPS=$(STOPS) swift test -c release --filter StopTests

bench: all
	Benchmarks/run

# The students' copy: what git tracks, without the answers, the samples (which hold perfect submissions), the tests of
# the explorer (which hold locks) and the laws (which tell what is asked).
handout:
	@mkdir -p out
	git ls-files -z -- . ':!solutions' ':!samples' ':!Tests/InterleaveTests' ':!Tests/LabLawTests' | tar --null -czf out/handout.tar.gz --files-from=- --transform 's,^,kernel-by-hand/,'
	@echo "out/handout.tar.gz"

format:
	swift format -i -r $(wildcard Sources Tests Benchmarks solutions labs) Package.swift

clean:
	rm -rf .build out labs-cli
