package coffer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the token of a login is kept between runs: a file of the user's own, or what a program
/// that the user named does with it.
interface TokenHelper {
  /// The token, empty where there is none.
  String read();

  void store(String token);

  void erase();

  /// The helper that the user's configuration names (`~/.bao` or `~/.vault`), else the file
  /// `~/.vault-token` or the one that `BAO_TOKEN_PATH` names.
  static TokenHelper of(Env env, String address) {
    String command = HelperConfig.command(env);
    if (command != null) {
      return new Command(env, command, address);
    }
    String path = env.get("TOKEN_PATH");
    return new InFile(path.isEmpty() ? home(env).resolve(".vault-token") : Path.of(path));
  }

  static Path home(Env env) {
    String home = env.plain("HOME");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home);
  }

  /// A file that only its owner may read, replaced as a whole.
  record InFile(Path path) implements TokenHelper {
    @Override
    public String read() {
      try {
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).strip();
      } catch (NoSuchFileException e) {
        return "";
      } catch (IOException e) {
        throw failed("get", e);
      }
    }

    @Override
    public void store(String token) {
      Path draft = path.resolveSibling(path.getFileName() + ".tmp");
      try {
        Files.deleteIfExists(draft);
        Files.createFile(
            draft,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, token);
        move(draft);
      } catch (IOException e) {
        throw failed("store", e);
      }
    }

    private void move(Path draft) throws IOException {
      try {
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void erase() {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw failed("erase", e);
      }
    }

    private Failure failed(String doing, IOException e) {
      return Failure.remote(
          "failed to " + doing + " token: " + path + ": " + e.getClass().getSimpleName());
    }
  }

  /// A program that is run with `get`, `store` (the token on its standard input) or `erase`.
  record Command(Env env, String command, String address) implements TokenHelper {
    @Override
    public String read() {
      return run("get", null).strip();
    }

    @Override
    public void store(String token) {
      run("store", token);
    }

    @Override
    public void erase() {
      run("erase", null);
    }

    private String run(String operation, @Nullable String input) {
      String shell = env.plain("SHELL").isEmpty() ? "/bin/sh" : env.plain("SHELL");
      ProcessBuilder builder = new ProcessBuilder(List.of(shell, "-c", command + " " + operation));
      builder.environment().put("VAULT_ADDR", address);
      builder.environment().put("BAO_ADDR", address);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      try {
        Process process = builder.start();
        try (var to = process.getOutputStream()) {
          to.write((input == null ? "" : input).getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
          throw Failure.remote("token helper " + operation + ": exit status " + code);
        }
        return said;
      } catch (IOException e) {
        throw Failure.remote("token helper " + operation + ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.remote("token helper " + operation + ": interrupted");
      }
    }
  }
}
