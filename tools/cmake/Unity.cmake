# Where several sources are compiled as one (CMAKE_UNITY_BUILD), those of a folder are one: each header is
# read once for it, and a name in an unnamed namespace must be there once in the folder.
function(double11_unite_folders target)
  get_target_property(sources ${target} SOURCES)
  # Alone: the stories of `demo`, which each have a sale of their own; sources with types that their
  # headers only name; and one that takes a name from a folder below.
  list(FILTER sources EXCLUDE REGEX "/src/cli/demo_|/(inbox|network_result|validation_cases)\\.cpp$")
  foreach(source ${sources})
    if(source MATCHES "/src/([a-z_/]+)/[a-z_0-9]+\\.cpp$")
      string(REPLACE "/" "_" folder ${CMAKE_MATCH_1})
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder})
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()
