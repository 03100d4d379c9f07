# Kernel by Hand. `make` leaves ./labs-cli ready; `make demo`, `make test`, `make bench` do what they say.

SWIFT_BUILD = swift build -c release
BOOK = .build/release/labs-cli

.PHONY: all setup demo test fuzz laws stops same-bytes conform bench handout format clean

all: setup
	$(SWIFT_BUILD) --product labs-cli
	$(SWIFT_BUILD) --product labs-workshop
	$(SWIFT_BUILD) --product sandbox-shim
	$(SWIFT_BUILD) --product conform-host
	@rm -f .build/release/libLabRunner.a  # an archive keeps the objects of files that are gone
	$(SWIFT_BUILD) --product LabRunner
	@ln -sf $(BOOK) labs-cli
	@echo "./labs-cli is ready: try ./labs-cli list"

# System packages that are missing, through apt, as root or with sudo.
setup:
	@scripts/setup

# Grades the sample submissions and prints the table; in a students' copy, which has none, lists the labs.
demo: all
ifneq ($(wildcard samples),)
	./labs-cli grade samples/submissions --out out/demo
else
	./labs-cli list
endif

# Runs all tests, in the configuration in which the program is used: both share one build. With LAB=slug, runs only the
# laws of that lab.
test: all
	$(SWIFT_BUILD) --build-tests
	$(if $(LAB),LABS_LAB=$(LAB)) swift test -c release --skip-build $(if $(LAB),--filter LabLawTests)

# How many random programs the explorer's search is compared with brute force on, and the seed that draws them.
FUZZ = 20000:7

fuzz:
	LABS_FUZZ=$(FUZZ) swift test -c release --filter FuzzTests

# The laws for all wrong solutions; the tests try only a few per lab. About half an hour. With LAB=slug, only that lab.
laws: all
	$(SWIFT_BUILD) --build-tests
	$(if $(LAB),LABS_LAB=$(LAB)) LABS_LAWS=all swift test -c release --skip-build --filter LabLawTests

# Checks several times, on a busy machine, that the same submissions give the same bytes. About ten minutes.
same-bytes: all
	scripts/same-bytes

# How often a run of the grader is stopped and killed while both processors are busy, and the seed that draws the moments.
STOPS = 300:100:7

stops: all
	LABS_STOPS=$(STOPS) swift test -c release --filter StopTests

# How many drawn scripts are compared with the kernel of this machine, and the seed of the first: for the night.
CONFORM = --generate 100000 --seed 1

conform: all
	./labs-cli conform
	./labs-cli conform $(CONFORM)

bench: all
	Benchmarks/run

# The students' copy: what git tracks, without the answers, the samples (which have perfect submissions), the tests of
# the explorer (which have locks) and the laws (which reveal what is checked).
handout:
	@mkdir -p out
	git ls-files -z -- . ':!solutions' ':!samples' ':!Tests/InterleaveTests' ':!Tests/LabLawTests' | tar --null -czf out/handout.tar.gz --files-from=- --transform 's,^,kernel-by-hand/,'
	@echo "out/handout.tar.gz"

format:
	swift format -i -r $(wildcard Sources Tests Benchmarks solutions labs) Package.swift

clean:
	rm -rf .build out labs-cli
