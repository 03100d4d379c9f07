#include "CLabRunner.h"
