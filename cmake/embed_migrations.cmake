# migrations/ENGINE/*.sql become the library `migrations`: fairway::migrations_for(engine) from
# "migrations/migrations.hpp".
# Included by CMakeLists.txt for the function; run with -P to write the generated source.
if(CMAKE_SCRIPT_MODE_FILE)
  set(texts "")
  foreach(engine sqlite postgresql)
    file(GLOB files ${SOURCES}/${engine}/*.sql)
    list(SORT files)
    set(table "")
    set(number 0)
    foreach(file IN LISTS files)
      math(EXPR number "${number} + 1")
      get_filename_component(name ${file} NAME_WE)
      file(READ ${file} sql)
      # Compilers limit one literal to 64 KB: the text is written in pieces that the compiler joins.
      string(LENGTH "${sql}" length)
      set(at 0)
      set(literal "")
      while(at LESS length)
        string(SUBSTRING "${sql}" ${at} 15000 piece)
        string(APPEND literal "\n    R\"sql(${piece})sql\"")
        math(EXPR at "${at} + 15000")
      endwhile()
      string(APPEND table "    fairway::db::Migration{${number}, \"${name}\",${literal}},\n")
    endforeach()
    string(APPEND texts "constexpr std::array k_${engine}{\n${table}};\n")
  endforeach()
  file(WRITE ${OUTPUT} "#include \"migrations/migrations.hpp\"\n\n"
       "#include <array>\n#include <string_view>\n\n"
       "namespace {\n\n${texts}\n}  // namespace\n\n"
       "namespace fairway {\n\nstd::span<const db::Migration> migrations_for(db::Engine engine) {\n"
       "    if (engine == db::Engine::sqlite) return k_sqlite;\n    return k_postgresql;\n}\n\n"
       "}  // namespace fairway\n")
  return()
endif()

function(fairway_embed_migrations)
  set(folder ${CMAKE_SOURCE_DIR}/migrations)
  set(output ${CMAKE_BINARY_DIR}/generated/migrations/migrations.cpp)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*/*.sql)
  file(WRITE ${CMAKE_BINARY_DIR}/generated/migrations/migrations.hpp.new
       "#pragma once\n// The embedded migrations of an engine, in order.\n#include <span>\n\n"
       "#include \"db/db.hpp\"\n\nnamespace fairway {\n\n"
       "std::span<const db::Migration> migrations_for(db::Engine engine);\n\n"
       "}  // namespace fairway\n")
  file(COPY_FILE ${CMAKE_BINARY_DIR}/generated/migrations/migrations.hpp.new
       ${CMAKE_BINARY_DIR}/generated/migrations/migrations.hpp ONLY_IF_DIFFERENT)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DSOURCES=${folder} -DOUTPUT=${output}
            -P ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake)
  add_library(migrations STATIC ${output})
  target_link_libraries(migrations PUBLIC db)
endfunction()
