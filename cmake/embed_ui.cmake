# The screens as they were built by tools/build_ui, in the library ui_assets. Without them the program serves
# none and says so.
enable_language(ASM)
file(GLOB_RECURSE ui_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ui/dist/*)
set(ui_generated ${CMAKE_BINARY_DIR}/generated/ui)
add_custom_command(
  OUTPUT ${ui_generated}/ui_assets.cpp ${ui_generated}/ui_assets.S ${ui_generated}/ui_assets.hpp
  COMMAND ${PYTHON3} -B ${CMAKE_SOURCE_DIR}/tools/embed_ui.py ${CMAKE_SOURCE_DIR}/ui/dist ${ui_generated}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed_ui.py ${ui_files})
add_library(ui_assets STATIC ${ui_generated}/ui_assets.cpp ${ui_generated}/ui_assets.S)
target_include_directories(ui_assets PUBLIC ${CMAKE_BINARY_DIR}/generated)
