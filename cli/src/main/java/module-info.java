/** The {@code hydranet} command, as a program without an API. */
module dev.hydranet.cli {
  requires com.fasterxml.jackson.core;
  requires dev.hydranet.converter;
  requires info.picocli;
  requires java.desktop;
  requires me.tongfei.progressbar;

  opens dev.hydranet.cli to
      info.picocli;
}
