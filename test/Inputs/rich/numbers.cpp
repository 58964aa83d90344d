#include "rich.h"
