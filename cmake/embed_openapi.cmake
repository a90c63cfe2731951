# api/openapi.yaml becomes, as JSON, the library `openapi`: fairway::openapi_json() from
# "openapi/openapi.hpp".
find_package(yaml-cpp REQUIRED)
add_executable(openapi_to_json tools/openapi_to_json.cpp)
target_link_libraries(openapi_to_json PRIVATE json yaml-cpp)

file(WRITE ${CMAKE_BINARY_DIR}/generated/openapi/openapi.hpp.new
     "#pragma once\n// The REST contract, api/openapi.yaml, as JSON.\n#include <string_view>\n\n"
     "namespace fairway {\n\nstd::string_view openapi_json();\n\n}  // namespace fairway\n")
file(COPY_FILE ${CMAKE_BINARY_DIR}/generated/openapi/openapi.hpp.new
     ${CMAKE_BINARY_DIR}/generated/openapi/openapi.hpp ONLY_IF_DIFFERENT)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/generated/openapi/openapi.cpp
  COMMAND openapi_to_json ${CMAKE_SOURCE_DIR}/api/openapi.yaml
          ${CMAKE_BINARY_DIR}/generated/openapi/openapi.cpp
  DEPENDS ${CMAKE_SOURCE_DIR}/api/openapi.yaml openapi_to_json)
add_library(openapi STATIC ${CMAKE_BINARY_DIR}/generated/openapi/openapi.cpp)
