# The dear headers, read once for all sources (FAIRWAY_PRECOMPILED): as the modules are compiled and, with
# GoogleTest, as the tests are.
function(fairway_add_precompiled target)
  set(source ${CMAKE_BINARY_DIR}/generated/${target}.cpp)
  file(WRITE ${source}.new "// Nothing but the headers that are precompiled with it.\n")
  file(COPY_FILE ${source}.new ${source} ONLY_IF_DIFFERENT)
  add_library(${target} OBJECT ${source})
  target_link_libraries(${target} PRIVATE Boost::json Threads::Threads)
  # Without a time in it, so that ccache may use it.
  target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  target_precompile_headers(${target} PRIVATE
    <algorithm> <array> <functional> <map> <memory> <mutex> <optional> <set> <span> <string> <variant>
    <vector> <boost/asio/awaitable.hpp> <boost/describe.hpp> <boost/json/value.hpp> ${ARGN})
endfunction()

# Sources of the target see the headers of the precompiled one; both are compiled with the same flags.
function(fairway_precompiled target from)
  if(FAIRWAY_PRECOMPILED)
    target_precompile_headers(${target} REUSE_FROM ${from})
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    target_link_libraries(${target} PRIVATE Boost::json Threads::Threads)
  endif()
endfunction()

if(FAIRWAY_PRECOMPILED)
  fairway_add_precompiled(precompiled)
  if(FAIRWAY_TESTS)
    fairway_add_precompiled(precompiled_test
      <filesystem> <fstream> <sstream> <gtest/gtest.h> <gmock/gmock.h>)
    target_compile_options(precompiled_test PRIVATE ${FAIRWAY_TEST_FLAGS})
    target_link_libraries(precompiled_test PRIVATE GTest::gmock)
  endif()
endif()
