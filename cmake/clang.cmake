# Finds the newest clang there is: bare `clang++` is 14 on Debian 12, and musttail with preserve_none needs 19.
if(NOT CMAKE_CXX_COMPILER)
    find_program(TOUCHSTONE_CLANG NAMES clang++-22 clang++-21 clang++-20 clang++-19 clang++ REQUIRED)
    set(CMAKE_CXX_COMPILER ${TOUCHSTONE_CLANG})
endif()
