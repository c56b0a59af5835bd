/// The server's configuration: files and folders of HCL or JSON in, typed records out.
/// [coffer.config.ConfigFiles] reads and merges, [coffer.config.ServerConfig] is the result. A
/// mistake is one sentence with file, line and column ([coffer.config.ConfigException]); a key that
/// nobody knows is a warning. Nothing here opens a port or a key file.
@NullMarked
package coffer.config;

import org.jspecify.annotations.NullMarked;
