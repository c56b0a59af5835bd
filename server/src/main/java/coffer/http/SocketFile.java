package coffer.http;

import coffer.config.ConfigException;
import coffer.config.ListenerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;

/// The file of a Unix socket: out of the way before the socket is bound, and with its owner and
/// permissions afterwards. Stateless.
final class SocketFile {
  private SocketFile() {}

  /// Removes what a server that is gone has left. Neither another kind of file nor a socket that
  /// somebody still answers is touched.
  static void clear(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      if (!Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
          .isOther()) {
        throw new ConfigException(file + " is there already and is no socket");
      }
      if (isAnswered(file)) {
        throw new ConfigException("another server listens at " + file);
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new ConfigException("the socket file " + file + " can't be removed: " + e.getMessage());
    }
  }

  private static boolean isAnswered(Path file) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      return channel.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  static void permit(ListenerConfig.Unix config) {
    Path file = config.address();
    UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    try {
      if (config.user().isPresent()) {
        view.setOwner(names.lookupPrincipalByName(config.user().get()));
      }
      if (config.group().isPresent()) {
        view.setGroup(names.lookupPrincipalByGroupName(config.group().get()));
      }
      if (config.mode().isPresent()) {
        Files.setAttribute(file, "unix:mode", config.mode().get());
      }
    } catch (IOException e) {
      throw new ConfigException(
          "owner or permissions of " + file + " can't be set: " + e.getMessage());
    }
  }
}
